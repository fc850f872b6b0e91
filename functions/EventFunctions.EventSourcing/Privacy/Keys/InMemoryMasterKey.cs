using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace EventFunctions.EventSourcing;

/// <summary>A master key that lives as long as its process: for tests, and for a runtime that keeps nothing.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class InMemoryMasterKey : IMasterKey, IMasterKeyRotation
{
    private readonly ConcurrentDictionary<string, byte[]> _versions = new(StringComparer.Ordinal);
    private int _current;

    /// <summary>Makes the first version.</summary>
    public InMemoryMasterKey() => Add();

    /// <inheritdoc/>
    public Task<string> CurrentVersionAsync(CancellationToken cancellationToken = default) => Task.FromResult(NameOf(Volatile.Read(ref _current)));

    /// <inheritdoc/>
    public async Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        var version = await CurrentVersionAsync(cancellationToken);
        return KeyWrap.Wrap(_versions[version], version, key.Span);
    }

    /// <inheritdoc/>
    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        return _versions.TryGetValue(wrapped.Version, out var master)
            ? Task.FromResult(KeyWrap.Unwrap(master, wrapped))
            : throw new MasterKeyException($"The master key has no version '{wrapped.Version}': it went with the process that made it.");
    }

    /// <inheritdoc/>
    public Task<string> RotateAsync(CancellationToken cancellationToken = default) => Task.FromResult(Add());

    private static string NameOf(int version) => version.ToString(CultureInfo.InvariantCulture);

    private string Add()
    {
        lock (_versions)
        {
            var name = NameOf(_current + 1);
            _versions[name] = RandomNumberGenerator.GetBytes(SubjectKey.Length);
            Volatile.Write(ref _current, _current + 1);
            return name;
        }
    }
}
