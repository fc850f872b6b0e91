using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Reads a request's body as a payload.</summary>
internal static class RequestBody
{
    /// <returns>The payload, <see langword="null"/> for an empty body; or why it is none.</returns>
    public static async Task<(SerializedPayload? Payload, string? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Length == 0)
        {
            return (null, null);
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return (new SerializedPayload(text), null);
        }
        catch (JsonException exception)
        {
            return (null, $"Invalid JSON content: {exception.Message}");
        }
    }
}
