using System.Collections.Concurrent;
using Azure;
using Azure.Security.KeyVault.Secrets;
using EventFunctions.EventSourcing;

namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>A master key in Azure Key Vault: a secret of 32 random bytes in base64, whose versions are the key's versions.</summary>
/// <remarks>
/// A version is fetched once and then kept in memory, so that a person's key costs the vault nothing. A rotation takes the newest
/// version, which whoever looks after the vault has made there. Safe for concurrent use.
/// </remarks>
/// <param name="secrets">The vault.</param>
/// <param name="name">The secret's name.</param>
public sealed class KeyVaultMasterKey(SecretClient secrets, string name) : IMasterKey, IMasterKeyRotation
{
    private readonly ConcurrentDictionary<string, byte[]> _versions = new(StringComparer.Ordinal);
    private string? _current;

    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">The vault has no such secret, or it is not 32 bytes in base64.</exception>
    public async Task<string> CurrentVersionAsync(CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _current) ?? await RotateAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        var version = await CurrentVersionAsync(cancellationToken);
        return KeyWrap.Wrap(_versions[version], version, key.Span);
    }

    /// <inheritdoc/>
    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        if (!_versions.TryGetValue(wrapped.Version, out var master))
        {
            (_, master) = await FetchAsync(wrapped.Version, cancellationToken);
        }
        return KeyWrap.Unwrap(master, wrapped);
    }

    /// <inheritdoc/>
    public async Task<string> RotateAsync(CancellationToken cancellationToken = default)
    {
        var (version, _) = await FetchAsync(version: null, cancellationToken);
        Volatile.Write(ref _current, version);
        return version;
    }

    private async Task<(string Version, byte[] Key)> FetchAsync(string? version, CancellationToken cancellationToken)
    {
        try
        {
            KeyVaultSecret secret = await secrets.GetSecretAsync(name, version, cancellationToken);
            var key = KeyOf(secret);
            _versions[secret.Properties.Version] = key;
            return (secret.Properties.Version, key);
        }
        catch (RequestFailedException exception) when (exception.Status is 400 or 401 or 403 or 404)
        {
            throw new MasterKeyException(
                $"The vault '{secrets.VaultUri}' does not give the secret '{name}'{(version is null ? "" : $" in version '{version}'")}: {exception.Message} "
                + "Create it from 32 random bytes in base64, and let the app's identity read it (role 'Key Vault Secrets User').",
                exception);
        }
        catch (RequestFailedException exception)
        {
            throw new StoreUnavailableException($"The vault '{secrets.VaultUri}' cannot be asked for the master key: {exception.Message}", null, exception);
        }
    }

    private byte[] KeyOf(KeyVaultSecret secret)
    {
        var key = new byte[SubjectKey.Length];
        return Convert.TryFromBase64String(secret.Value, key, out var length) && length == SubjectKey.Length
            ? key
            : throw new MasterKeyException(
                $"Version '{secret.Properties.Version}' of the secret '{name}' in '{secrets.VaultUri}' is not {SubjectKey.Length} bytes in base64. Make another version.");
    }
}
