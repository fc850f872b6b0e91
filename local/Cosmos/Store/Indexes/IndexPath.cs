using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>Where in an item a value stands, of an index or a unique key: member names, from the item inwards.</summary>
internal sealed class IndexPath(IReadOnlyList<string> names) : IEquatable<IndexPath>
{
    /// <summary>The names, one at least.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether it is the item's id, which a partition finds items by without an index.</summary>
    public bool IsId => names is ["id"];

    /// <summary>What an index knows of what an item has there.</summary>
    public IndexKey KeyOf(JsonElement item) => IndexKey.Of(Find(item));

    /// <summary>What an item has there; undefined for nothing.</summary>
    public JsonElement Find(JsonElement item)
    {
        foreach (var name in names)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
            {
                return default;
            }
        }

        return item;
    }

    public bool Equals(IndexPath? other) => other is not null && names.SequenceEqual(other.Names, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as IndexPath);

    public override int GetHashCode() => string.GetHashCode(names[^1], StringComparison.Ordinal);

    public override string ToString() => "/" + string.Join('/', names);
}
