using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>Where the management API of the task hub is.</summary>
internal static class ManagementAddress
{
    public const string InstancesPath = "runtime/webhooks/durabletask/instances";

    public static string OfInstance(Uri host, string instanceId) =>
        $"{host.GetLeftPart(UriPartial.Authority)}/{InstancesPath}/{Uri.EscapeDataString(instanceId)}";

    /// <summary>The host's address from outside, where a proxy tells it: RFC 7239, then the older headers.</summary>
    public static Uri SeenBy(HttpRequestData request)
    {
        var scheme = request.Url.Scheme;
        var host = request.Url.Authority;
        if (First(request, "Forwarded") is { } forwarded)
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
            host = First(request, "X-Forwarded-Host") ?? host;
            scheme = First(request, "X-Forwarded-Proto") ?? scheme;
        }

        return Uri.TryCreate($"{scheme}://{host}/", UriKind.Absolute, out var address) ? address : request.Url;
    }

    private static string? First(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out var values) ? values.First().Split(',')[0].Trim() : null;
}
