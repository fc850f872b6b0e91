using System.Buffers.Text;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Where an export goes on.</summary>
/// <param name="Chunk">The number of the chunk.</param>
/// <param name="After">The checksum it follows.</param>
/// <param name="Page">The directory's page; <see langword="null"/> for the first.</param>
/// <param name="Stream">The stream; <see langword="null"/> for the first of the page.</param>
/// <param name="Next">The version.</param>
/// <param name="IsOnly">Whether no other stream is asked for.</param>
internal sealed record ExportCursor(int Chunk, string After, string? Page, string? Stream, long Next, bool IsOnly)
{
    /// <summary>The beginning of an export.</summary>
    public static ExportCursor Start(StreamName? only) => new(0, ChecksumChain.Start, null, only?.Value, 1, only is not null);

    /// <summary>Reads a continuation.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static ExportCursor Parse(string continuation)
    {
        try
        {
            var cursor = JsonSerializer.Deserialize<ExportCursor>(Base64Url.DecodeFromChars(continuation), EventJson.Options);
            return cursor is { Chunk: >= 0, Next: >= 1, After.Length: 64 } && StreamName.TryParse(cursor.Stream, out _)
                ? cursor
                : throw new FormatException("A member is out of its range.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new ArgumentException("The continuation is not one that an export returned.", nameof(continuation), exception);
        }
    }

    /// <summary>The cursor as a continuation.</summary>
    public string ToText() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, EventJson.Options));
}
