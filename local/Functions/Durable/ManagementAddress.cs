using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>Where the management API of the task hub is.</summary>
internal static class ManagementAddress
{
    /// <summary>What every route of the API begins with.</summary>
    public const string BasePath = "runtime/webhooks/durabletask";

    /// <summary>Where instances are.</summary>
    public const string InstancesPath = BasePath + "/instances";

    /// <summary>An instance's address on a host.</summary>
    public static string OfInstance(Uri host, string instanceId) =>
        $"{host.GetLeftPart(UriPartial.Authority)}/{InstancesPath}/{Uri.EscapeDataString(instanceId)}";

    /// <summary>What every management address carries. The connection is the name that the extension gives it by default.</summary>
    public static string RequiredQuery(string hubName, string keyQuery) => $"taskHub={Uri.EscapeDataString(hubName)}&connection=Storage{keyQuery}";

    /// <summary>The host's address from outside, as the sender of a request sees it.</summary>
    public static Uri SeenBy(HttpRequestData request) =>
        SeenBy(request.Url, name => request.Headers.TryGetValues(name, out var values) ? values.First() : null);

    /// <summary>The host's address from outside, where a proxy tells it: RFC 7239, then the older headers.</summary>
    /// <param name="url">The address of the request as the host sees it.</param>
    /// <param name="header">The value of a header; <see langword="null"/> if the request has none of the name.</param>
    public static Uri SeenBy(Uri url, Func<string, string?> header)
    {
        var scheme = url.Scheme;
        var host = url.Authority;
        if (First(header("Forwarded")) is { } forwarded)
        {
            var pairs = forwarded.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .ToLookup(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.OrdinalIgnoreCase);
            host = pairs["host"].FirstOrDefault() ?? host;
            scheme = pairs["proto"].FirstOrDefault() ?? scheme;
        }
        else
        {
            host = First(header("X-Forwarded-Host")) ?? host;
            scheme = First(header("X-Forwarded-Proto")) ?? scheme;
        }

        return Uri.TryCreate($"{scheme}://{host}/", UriKind.Absolute, out var address) ? address : url;
    }

    /// <summary>Of several proxies, what the outermost says.</summary>
    private static string? First(string? header) => header?.Split(',')[0].Trim();
}
