using System.Text.Json;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Telemetry;

/// <summary>A metric that an Azure service keeps by itself.</summary>
/// <param name="Namespace">The type of the service.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aggregations">How it can be put together.</param>
/// <param name="Dimensions">By what it can be told apart.</param>
public sealed record PlatformMetric(string Namespace, string Name, IReadOnlyList<string> Aggregations, IReadOnlyList<string> Dimensions)
{
    /// <summary>Those that infra/ uses, each with its source in the file.</summary>
    public static IReadOnlyList<PlatformMetric> Load()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("tests/Infrastructure/Telemetry/platform-metrics.json")));
        return [.. table.RootElement.GetProperty("metrics").EnumerateArray().Select(m => new PlatformMetric(
            m.GetProperty("namespace").GetString()!,
            m.GetProperty("name").GetString()!,
            [.. m.GetProperty("aggregations").EnumerateArray().Select(a => a.GetString()!)],
            [.. m.GetProperty("dimensions").EnumerateArray().Select(a => a.GetString()!)]))];
    }
}
