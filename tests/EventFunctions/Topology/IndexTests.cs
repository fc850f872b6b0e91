using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Tests.Delivery;

namespace EventFunctions.Tests.Topology;

/// <summary>
/// What queries filter and sort by is indexed. On Azure a query that sorts by a path without an index is refused, and one that filters by it
/// reads everything; the local store does neither.
/// </summary>
public sealed partial class IndexTests
{
    private static readonly Dictionary<string, List<string>> Indexed = Containers().ToDictionary(
        c => c.GetProperty("name").GetString()!,
        c => c.GetProperty("indexingPolicy").GetProperty("includedPaths").EnumerateArray().Select(p => p.GetProperty("path").GetString()!).ToList());

    /// <summary>The containers that a class of the store is opened on, and whose items its query texts are about.</summary>
    private static readonly Dictionary<string, string[]> Queried = new()
    {
        ["CosmosAuditTrail"] = ["audit"],
        ["CosmosEventBacklog"] = ["events"],
        ["CosmosEventStore"] = ["events"],
        ["CosmosParkedEventList"] = ["parked"],
        ["CosmosReservations"] = ["keys"],
        ["CosmosStalledStreamList"] = ["views"],
        ["CosmosStreamDirectory"] = ["events"],
        ["CosmosSubjectKeyRewrap"] = ["keys"],
        ["CosmosViewErasure"] = ["views"],
        ["CosmosViewScan"] = ["views", "webhooks"],
        ["CosmosViewStore"] = ["views", "webhooks", "webhook-deliveries"],
        ["EventItems"] = ["events", "archive"],
        ["EventQueryText"] = ["events"],
        ["ViewQueryText"] = ["views"],
    };

    [Fact]
    public void Every_path_of_every_query_is_indexed_in_its_container()
    {
        var found = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "functions", "EventFunctions.EventSourcing.Cosmos"), "*.cs")
            .Select(file => (Class: Path.GetFileNameWithoutExtension(file), Paths: PathsOf(File.ReadAllText(file))))
            .Where(f => f.Paths.Count > 0)
            .ToList();

        Assert.Equal(Queried.Keys.Order(StringComparer.Ordinal), found.Select(f => f.Class).Order(StringComparer.Ordinal));
        Assert.All(found, f => Assert.All(Queried[f.Class], container => Assert.All(f.Paths, path => Assert.Contains(path, Indexed[container]))));
    }

    [Fact]
    public void Every_field_that_views_are_found_and_sorted_by_is_indexed_and_no_other()
    {
        var fields = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "functions", "EventFunctions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Field().Matches(File.ReadAllText(file)))
            .Select(m => $"/view/{m.Groups["field"].Value.Replace('.', '/')}/?")
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(fields.Order(StringComparer.Ordinal), Indexed["views"].Where(p => p.StartsWith("/view/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_else_is_indexed() => Assert.All(
        Containers(),
        c => Assert.Equal(["/*"], c.GetProperty("indexingPolicy").GetProperty("excludedPaths").EnumerateArray().Select(p => p.GetProperty("path").GetString())));

    /// <summary>The id is indexed whatever a policy says.</summary>
    private static List<string> PathsOf(string source) =>
        [.. Reference().Matches(source).Select(m => $"/{m.Groups["path"].Value.Replace('.', '/')}/?").Where(p => p is not "/id/?" and not "/view/?").Distinct()];

    private static IReadOnlyList<JsonElement> Containers() =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra", "containers.json"))).RootElement.GetProperty("containers").EnumerateArray()];

    /// <summary>A property of an item in a query's text: <c>c.kind</c> before anything that is no call in C#.</summary>
    [GeneratedRegex(@"(?<=[ (""])c\.(?<path>[a-z]\w*(\.[a-z]\w*)*)(?= (=|!=|<|>|IN|FROM|DESC|ASC|AND|<=|>=)|[,)"";]| \{)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(ViewField\s+\w+\s*=\s*new|new ViewField)\(""(?<field>[^""]+)""\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Field();
}
