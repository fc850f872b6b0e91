using System.Security.Cryptography;
using System.Text.Json;

namespace EventFunctions.Local.Host;

/// <summary>What the app shares with its partners. It is made by chance and lives as long as the state it belongs to.</summary>
/// <param name="WebhookSecret">The carrier and the supplier sign their notices with it.</param>
/// <param name="WebhookMasterKey">The app seals the secrets of its customers' webhooks under it; base64 of 32 bytes.</param>
internal sealed record LocalSecrets(string WebhookSecret, string WebhookMasterKey)
{
    private const int KeyLength = 32;

    /// <summary>New ones.</summary>
    public static LocalSecrets Create() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)));

    /// <summary>Those of a file; where there is none, new ones, which are in the file afterwards. Only its owner may read it.</summary>
    /// <exception cref="LocalRuntimeException">It is no such file.</exception>
    /// <exception cref="IOException">It can't be read or written.</exception>
    public static async Task<LocalSecrets> LoadOrCreateAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return await LoadAsync(path, cancellationToken);
        }

        var made = Create();
        var draft = path + ".draft";
        await using (var file = new FileStream(draft, OwnersOnly()))
        {
            await JsonSerializer.SerializeAsync(file, made, JsonSerializerOptions.Web, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        return made;
    }

    private static async Task<LocalSecrets> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var read = await JsonSerializer.DeserializeAsync<LocalSecrets>(file, JsonSerializerOptions.Web, cancellationToken);
            return read is { WebhookSecret.Length: > 0, WebhookMasterKey.Length: > 0 } ? read : throw new JsonException("a secret is missing");
        }
        catch (JsonException exception)
        {
            throw new LocalRuntimeException(
                $"{path} does not hold the secrets that it was made with ({exception.Message}). Put it back from a backup, or begin with another --data folder.", exception);
        }
    }

    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
