using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>A signed request, sent as no SDK would.</summary>
internal static class RawRequest
{
    private static readonly HttpClient Http = new();

    public static Task<HttpResponseMessage> SendAsync(
        CosmosEndpoint endpoint, string method, string path, string type, string link, byte[]? body, (string Name, string Value)[]? headers = null) =>
        SendAsync(Http, endpoint.Address, method, path, type, link, body, headers);

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, Uri address, string method, string path, string type, string link, byte[]? body, (string Name, string Value)[]? headers = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, path));
        foreach (var (name, value) in Sign(method, type, link, headers))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        return await http.SendAsync(request);
    }

    /// <summary>The same as text, up to the end of its headers.</summary>
    public static string Head(CosmosEndpoint endpoint, string method, string path, string type, string link, (string Name, string Value)[]? headers = null) =>
        $"{method} /{path} HTTP/1.1\r\nHost: {endpoint.Address.Authority}\r\n" + string.Concat(Sign(method, type, link, headers).Select(h => $"{h.Name}: {h.Value}\r\n"));

    private static IEnumerable<(string Name, string Value)> Sign(string method, string type, string link, (string Name, string Value)[]? headers)
    {
        var date = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        var text = $"{method.ToLowerInvariant()}\n{type}\n{link}\n{date.ToLowerInvariant()}\n\n";
        var key = Convert.FromBase64String(new CosmosEndpointOptions().Key);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return [("x-ms-date", date), ("authorization", Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}")), .. headers ?? []];
    }
}
