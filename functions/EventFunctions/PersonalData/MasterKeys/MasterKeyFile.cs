using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>What the file of the master key holds.</summary>
/// <param name="Current">The version that wraps; a positive whole number.</param>
/// <param name="Versions">The versions and their 32 random bytes, in base64.</param>
internal sealed record MasterKeyFile(string Current, IReadOnlyDictionary<string, byte[]> Versions)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Reads the file, and makes it where there is none. Of several processes that would make it at once one does.</summary>
    /// <exception cref="MasterKeyException">The file is damaged, or others than its owner may read it.</exception>
    public static async Task<MasterKeyFile> LoadOrCreateAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            CreateFolder(Path.GetDirectoryName(path)!);
            using var held = await MasterKeyLock.TakeAsync(path, cancellationToken);
            if (!File.Exists(path))
            {
                var first = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["1"] = NewKey() };
                await new MasterKeyFile("1", first).ReplaceAsync(path, cancellationToken);
            }
        }
        CheckRights(path);
        return await ReadAsync(path, cancellationToken);
    }

    /// <summary>Adds a version, which is the current one then. Of several processes that do so at once each adds its own.</summary>
    /// <exception cref="MasterKeyException">The file is damaged, or others than its owner may read it.</exception>
    public static async Task<MasterKeyFile> AddVersionAsync(string path, CancellationToken cancellationToken)
    {
        await LoadOrCreateAsync(path, cancellationToken);
        using var held = await MasterKeyLock.TakeAsync(path, cancellationToken);
        var file = await ReadAsync(path, cancellationToken);
        var number = file.Versions.Keys.Max(v => int.Parse(v, NumberStyles.None, CultureInfo.InvariantCulture)) + 1;
        var version = number.ToString(CultureInfo.InvariantCulture);
        var next = new MasterKeyFile(version, new Dictionary<string, byte[]>(file.Versions, StringComparer.Ordinal) { [version] = NewKey() });
        await next.ReplaceAsync(path, cancellationToken);
        return next;
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(SubjectKey.Length);

    private static void CheckRights(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~OwnerOnly) != UnixFileMode.None)
        {
            throw new MasterKeyException($"Others than its owner may use the master key '{path}' ({mode}). Run: chmod 600 '{path}'");
        }
    }

    private static async Task<MasterKeyFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            var file = await JsonSerializer.DeserializeAsync<MasterKeyFile>(stream, EventJson.Options, cancellationToken);
            return file is not null && file.Versions.ContainsKey(file.Current) && file.Versions.All(v => v.Value.Length == SubjectKey.Length)
                ? file
                : throw new MasterKeyException(Damaged(path, "a version is missing, or is not 32 bytes in base64"));
        }
        catch (JsonException exception)
        {
            throw new MasterKeyException(Damaged(path, exception.Message), exception);
        }
    }

    private static string Damaged(string path, string cause) =>
        $"The master key '{path}' is damaged: {cause}. Restore it from its backup; without it nobody can read what is sealed.";

    /// <summary>Writes it in place of the file that is there, in one step. The lock is held.</summary>
    private async Task ReplaceAsync(string path, CancellationToken cancellationToken)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, Path.GetRandomFileName());
        try
        {
            await WriteDraftAsync(draft, cancellationToken);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        }
    }

    private async Task WriteDraftAsync(string draft, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        await using var stream = new FileStream(draft, options);
        await JsonSerializer.SerializeAsync(stream, this, EventJson.Options, cancellationToken);
        stream.Flush(flushToDisk: true);
    }
}
