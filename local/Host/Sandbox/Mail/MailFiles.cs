using System.Text.Json;

namespace EventFunctions.Local.Host.Sandbox.Mail;

/// <summary>Mails as files in a folder, <c>{id}.json</c> each. A file is there whole or not at all.</summary>
/// <param name="folder">The folder; made if it is not there.</param>
internal sealed class MailFiles(string folder)
{
    private const string Extension = ".json";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>What is in the folder, oldest first.</summary>
    /// <exception cref="LocalRuntimeException">A file is no mail.</exception>
    public IReadOnlyList<FiledMail> Load() =>
        [.. Directory.EnumerateFiles(_folder, "*" + Extension).Select(Read).OrderBy(m => m.Number)];

    /// <summary>Writes a mail, in the place of what was there under its number.</summary>
    public void Write(FiledMail filed)
    {
        var file = Path.Combine(_folder, filed.MailId + Extension);
        var draft = file + ".draft";
        File.WriteAllText(draft, JsonSerializer.Serialize(filed, Format));
        File.Move(draft, file, overwrite: true);
    }

    private static FiledMail Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<FiledMail>(File.ReadAllText(file), Format) ?? throw new JsonException("JSON null");
        }
        catch (JsonException exception)
        {
            throw new LocalRuntimeException($"{file} is no mail ({exception.Message}). Remove it, and what was sent with its key is sent again.", exception);
        }
    }
}

/// <summary>A mail with the key it came with.</summary>
/// <param name="Number">1 for the first mail, one more for each.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Mail">The mail; <see langword="null"/> once it is forgotten, while its key is kept.</param>
internal sealed record FiledMail(long Number, string Key, SentMail? Mail)
{
    /// <summary>The mail's id.</summary>
    public string MailId => IdOf(Number);

    /// <summary>The id of a mail by its number.</summary>
    public static string IdOf(long number) => $"mail_{number:D8}";
}
