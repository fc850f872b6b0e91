using System.Text;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>
/// The lines of an export: <c>{"check":"…","event":{…}}</c>. The check is the <see cref="ChecksumChain"/> over the lines so far
/// and this one without its check, so a reader can tell at which line an export stops being what was written.
/// </summary>
internal static class ExportLine
{
    private const string Prefix = "{\"check\":\"";
    private static readonly int ContentStart = Prefix.Length + ChecksumChain.Start.Length + 2;

    /// <summary>The line, with its line feed, and the checksum it ends with.</summary>
    public static (byte[] Line, string Check) Write(string before, ExportContent content)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(content, EventJson.Options);
        var check = ChecksumChain.After(before, json);

        // The content's own opening brace is the line's.
        return ([.. Encoding.ASCII.GetBytes($"{Prefix}{check}\","), .. json.AsSpan(1), (byte)'\n'], check);
    }

    /// <summary>Whether the line looks like the end of a chunk.</summary>
    public static bool IsFooter(ReadOnlySpan<byte> line) => line.Length > ContentStart && line[ContentStart..].StartsWith("\"footer\""u8);

    /// <summary>The content and the checksum that the line says it has, without a look at whether it is right.</summary>
    /// <exception cref="ExportFormatException">It is no line of an export.</exception>
    public static (ExportContent Content, string Check, byte[] Checked) Read(ReadOnlySpan<byte> line, int number)
    {
        if (line.Length <= ContentStart || !line.StartsWith(Encoding.ASCII.GetBytes(Prefix)) || !line[(ContentStart - 2)..].StartsWith("\","u8))
        {
            throw new ExportFormatException(number, "this is no line of an export: it does not begin with a check.");
        }

        var check = Encoding.ASCII.GetString(line.Slice(Prefix.Length, ChecksumChain.Start.Length));
        byte[] json = [(byte)'{', .. line[ContentStart..]];
        try
        {
            var content = JsonSerializer.Deserialize<ExportContent>(json, EventJson.Options);
            return (content ?? throw new ExportFormatException(number, "the line is empty."), check, json);
        }
        catch (JsonException exception)
        {
            throw new ExportFormatException(number, $"the line cannot be read: {exception.Message}", exception);
        }
    }
}
