namespace EventFunctions.EventSourcing;

/// <summary>Wraps the keys of people, so that whoever reads their store alone has nothing. It has versions; all of them unwrap.</summary>
public interface IMasterKey
{
    /// <summary>The name of the version that wraps now.</summary>
    Task<string> CurrentVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Wraps a key under the current version.</summary>
    /// <param name="key">The <see cref="SubjectKey.Length"/> bytes of the key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default);

    /// <summary>The key that was wrapped.</summary>
    /// <exception cref="MasterKeyException">The version is not there any more, or the wrapped key is damaged.</exception>
    Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken cancellationToken = default);
}

/// <summary>Gives the master key a new version.</summary>
public interface IMasterKeyRotation
{
    /// <summary>Makes a new version, or takes the newest one that others have made, and wraps with it from now on.</summary>
    /// <returns>The name of the version.</returns>
    Task<string> RotateAsync(CancellationToken cancellationToken = default);
}

/// <summary>A key as it is stored.</summary>
/// <param name="Version">The name of the version of the master key that wrapped it.</param>
/// <param name="Text">The wrapped bytes, in base64url.</param>
public sealed record WrappedKey(string Version, string Text);

/// <summary>The master key cannot be used. The message says why and what to do.</summary>
public sealed class MasterKeyException(string message, Exception? innerException = null) : Exception(message, innerException);
