using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Queries of databases and containers: only the one that lists all is served.</summary>
internal static class ControlPlaneQuery
{
    /// <exception cref="RequestRefusedException">The query asks for more than a list.</exception>
    public static void RefuseFilters(GatewayRequest request, string what)
    {
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            var text = json.RootElement.TryGetProperty("query", out var query) ? query.GetString() ?? string.Empty : string.Empty;
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is not ([] or ["select" or "SELECT", "*", "from" or "FROM", _]))
            {
                throw new RequestRefusedException(400, 0, $"Queries of {what} other than SELECT * FROM c are not supported: '{text}'.");
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new RequestRefusedException(400, 0, $"The query is not valid JSON: {broken.Message}");
        }
    }
}
