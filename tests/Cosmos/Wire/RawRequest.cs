using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>A signed request, sent as no SDK would.</summary>
internal static class RawRequest
{
    private static readonly HttpClient Http = new();

    public static async Task<HttpResponseMessage> SendAsync(
        CosmosEndpoint endpoint, string method, string path, string type, string link, byte[]? body, (string Name, string Value)[]? headers = null)
    {
        var date = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        var text = $"{method.ToLowerInvariant()}\n{type}\n{link}\n{date.ToLowerInvariant()}\n\n";
        var key = Convert.FromBase64String(new CosmosEndpointOptions().Key);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(endpoint.Address, path));
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("authorization", Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}"));
        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        return await Http.SendAsync(request);
    }
}
