using System.Buffers.Text;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Where a verification goes on.</summary>
/// <param name="Page">The directory's page; <see langword="null"/> for the first.</param>
/// <param name="Stream">The stream.</param>
internal sealed record VerificationCursor(string? Page, string Stream)
{
    /// <summary>Reads a continuation.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static VerificationCursor Parse(string continuation)
    {
        try
        {
            return JsonSerializer.Deserialize<VerificationCursor>(Base64Url.DecodeFromChars(continuation), EventJson.Options)
                ?? throw new FormatException("It is JSON null.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new ArgumentException("The continuation is not one that a verification returned.", nameof(continuation), exception);
        }
    }

    /// <summary>The cursor as a continuation.</summary>
    public string ToText() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, EventJson.Options));
}
