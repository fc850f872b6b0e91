using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// A container's indexing policy, as far as queries depend on it ("Indexing policies in Azure Cosmos DB"). One that says nothing of the root
/// includes it.
/// </summary>
internal sealed class IndexingPolicy
{
    /// <summary>An element of an array: all are one to an index.</summary>
    public const string Element = "[]";

    private const string Everything = "*";

    /// <summary>Indexed whatever the paths say.</summary>
    private static readonly string[] Always = ["id", "_ts"];

    private readonly List<(List<string> Path, bool Included)> _paths = [];

    private IndexingPolicy(JsonElement json)
    {
        IsOn = Text(json, "indexingMode")?.Equals("none", StringComparison.OrdinalIgnoreCase) != true;
        _paths.AddRange(Entries(json, "includedPaths").Select(e => (SegmentsOf(Text(e, "path") ?? string.Empty), true)));
        _paths.AddRange(Entries(json, "excludedPaths").Select(e => (SegmentsOf(Text(e, "path") ?? string.Empty), false)));
        if (!_paths.Exists(p => p.Path is [Everything]))
        {
            _paths.Add(([Everything], true));
        }

        IncludesRoot = Indexes([string.Empty]);
        NamedMembers = [.. _paths.Select(p => p.Path).Where(p => p.Count > 0 && p[0] is not (Everything or "?")).Select(p => p[0]).Distinct(StringComparer.Ordinal)];
        CompositeIndexes = [.. Entries(json, "compositeIndexes")
            .Where(i => i.ValueKind == JsonValueKind.Array)
            .Select(i => i.EnumerateArray().Select(p => new CompositePath(SegmentsOf(Text(p, "path") ?? string.Empty), IsDescending(p))).ToList())];
    }

    /// <summary>Whether anything is indexed at all.</summary>
    public bool IsOn { get; }

    /// <summary>Whether a member is indexed of which no path says anything.</summary>
    public bool IncludesRoot { get; }

    /// <summary>The item's members of which paths say something.</summary>
    public string[] NamedMembers { get; }

    /// <summary>The composite indexes.</summary>
    public IReadOnlyList<IReadOnlyList<CompositePath>> CompositeIndexes { get; }

    public static IndexingPolicy Of(JsonElement json) => new(json);

    /// <summary>Whether a path is indexed: of the entries that fit it the most precise one decides.</summary>
    public bool Indexes(IReadOnlyList<string> path) => IsOn
        && ((path is [var only] && Always.Contains(only))
            || _paths.Where(e => Fits(e.Path, path)).OrderByDescending(e => e.Path.Count).ThenBy(e => e.Path[^1] == Everything).ThenByDescending(e => e.Included).FirstOrDefault().Included);

    /// <summary>
    /// Whether an ORDER BY of several columns is served: a composite index is of just these paths, in their order, with their directions or all
    /// of them turned.
    /// </summary>
    public bool IndexesTogether(IReadOnlyList<CompositePath> columns) => CompositeIndexes.Any(index =>
        index.Count == columns.Count
        && index.Zip(columns).All(p => p.First.Path.SequenceEqual(p.Second.Path, StringComparer.Ordinal))
        && index.Zip(columns).Select(p => p.First.Descending == p.Second.Descending).Distinct().Count() == 1);

    /// <summary><c>/a/?</c> fits its own path alone, <c>/a/*</c> also what is below.</summary>
    private static bool Fits(List<string> entry, IReadOnlyList<string> path) => entry.Count > 0
        && (entry[^1] == Everything
            ? path.Count >= entry.Count - 1 && path.Take(entry.Count - 1).SequenceEqual(entry.Take(entry.Count - 1), StringComparer.Ordinal)
            : path.SequenceEqual(entry[^1] == "?" ? entry.Take(entry.Count - 1) : entry, StringComparer.Ordinal));

    /// <summary>The steps of a path like <c>/a/"b c"/[]/?</c>.</summary>
    private static List<string> SegmentsOf(string path)
    {
        var segments = new List<string>();
        for (var at = 1; at < path.Length;)
        {
            var quoted = path[at] == '"';
            var end = quoted ? path.IndexOf('"', at + 1) : path.IndexOf('/', at);
            end = end < 0 ? path.Length : end;
            segments.Add(quoted ? path[(at + 1)..end] : path[at..end]);
            at = end + (quoted ? 2 : 1);
        }

        return segments;
    }

    private static bool IsDescending(JsonElement path) => Text(path, "order")?.Equals("descending", StringComparison.OrdinalIgnoreCase) == true;

    private static JsonElement.ArrayEnumerator Entries(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var entries) && entries.ValueKind == JsonValueKind.Array ? entries.EnumerateArray() : default;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A path of a composite index or of an order, without the item's own name.</summary>
internal sealed record CompositePath(IReadOnlyList<string> Path, bool Descending);
