using System.Globalization;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store.UniqueKeys;

/// <summary>
/// What no two items of a logical partition may have in common ("Unique key constraints in Azure Cosmos DB"): the values at the paths of any one
/// of the keys. A path at which an item has nothing counts as null there.
/// </summary>
internal sealed class UniqueKeyPolicy
{
    /// <summary>The most keys of a container ("Azure Cosmos DB service quotas", per-container limits).</summary>
    public const int MostKeys = 10;

    /// <summary>The most paths of all keys together, by the same page.</summary>
    public const int MostPaths = 16;

    private UniqueKeyPolicy(IReadOnlyList<IReadOnlyList<IndexPath>> keys) => Keys = keys;

    /// <summary>The paths of each key.</summary>
    public IReadOnlyList<IReadOnlyList<IndexPath>> Keys { get; }

    /// <summary>Reads a policy; what says nothing has no keys.</summary>
    /// <exception cref="FormatException">It is no such policy.</exception>
    public static UniqueKeyPolicy Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("uniqueKeys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            return new UniqueKeyPolicy([]);
        }

        List<IReadOnlyList<IndexPath>> read = [.. keys.EnumerateArray().Select(ReadKey)];
        return read.Count <= MostKeys && read.Sum(k => k.Count) <= MostPaths
            ? new UniqueKeyPolicy(read)
            : throw new FormatException($"A container can have up to {MostKeys} unique keys, of together {MostPaths} paths.");
    }

    /// <summary>Whether another policy has the same keys.</summary>
    public bool IsSameAs(UniqueKeyPolicy other) => Keys.Count == other.Keys.Count && Keys.Zip(other.Keys).All(k => k.First.SequenceEqual(k.Second));

    /// <summary>What an item has of each key: equal texts, equal values.</summary>
    public IReadOnlyList<string> ValuesOf(ReadOnlyMemory<byte> item)
    {
        if (Keys.Count == 0)
        {
            return [];
        }

        using var json = JsonDocument.Parse(item, ItemDocument.ReadOptions);
        return [.. Keys.Select(paths => string.Join('\n', paths.Select(p => TextOf(p.Find(json.RootElement)))))];
    }

    private static IReadOnlyList<IndexPath> ReadKey(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Array && paths.GetArrayLength() > 0
            ? [.. paths.EnumerateArray().Select(ReadPath)]
            : throw new FormatException("A unique key must have 'paths'.");

    private static IndexPath ReadPath(JsonElement path) =>
        PartitionKeyPath.TryParse(path.ValueKind == JsonValueKind.String ? path.GetString() : null) is { } read
            ? new IndexPath(read.Segments)
            : throw new FormatException($"'{path.GetRawText()}' is not the path of a unique key, such as /address/city.");

    /// <summary>JSON without line ends, so that the texts of several paths can't run into one another.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "null",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),

        // Zero has two signs and is one number.
        JsonValueKind.Number => (IndexKey.Of(value).Number + 0.0).ToString("R", CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };
}
