using System.Text.Json;

namespace EventFunctions.Infrastructure.Tests.Telemetry;

/// <summary>What a workbook asks for (https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-overview).</summary>
/// <param name="Queries">The questions to the telemetry.</param>
/// <param name="Metrics">The metrics of services.</param>
public sealed record Workbook(IReadOnlyList<string> Queries, IReadOnlyList<MetricUse> Metrics)
{
    /// <summary>The numbers by which a workbook names aggregations.</summary>
    private static readonly Dictionary<int, string> Aggregations = new() { [1] = "Total", [2] = "Minimum", [3] = "Maximum", [4] = "Average", [7] = "Count" };

    /// <summary>Reads a workbook.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Workbook Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var objects = Objects(document.RootElement).ToList();
        return new Workbook(
            [.. objects.Where(o => o.TryGetProperty("query", out _)).Select(o => o.GetProperty("query").GetString()!)],
            [.. objects.Where(o => o.TryGetProperty("metric", out _)).Select(o => new MetricUse(
                o.GetProperty("namespace").GetString()!,
                o.GetProperty("metric").GetString()!.Split("--")[^1],
                Aggregations[o.GetProperty("aggregation").GetInt32()],
                o.TryGetProperty("splitBy", out var dimension) ? dimension.GetString() : null))]);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}

/// <summary>A use of a service's metric.</summary>
/// <param name="Namespace">The type of the service, in any case.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aggregation">How it is put together.</param>
/// <param name="Dimension">By what it is told apart; null where it is not.</param>
public sealed record MetricUse(string Namespace, string Name, string Aggregation, string? Dimension)
{
    /// <summary>Whether the service keeps it like that.</summary>
    public bool Fits(PlatformMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Namespace.Equals(Namespace, StringComparison.OrdinalIgnoreCase)
            && metric.Name == Name
            && metric.Aggregations.Contains(Aggregation)
            && (Dimension is null || metric.Dimensions.Contains(Dimension));
    }
}
