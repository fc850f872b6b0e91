using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// Counts the values of an item that its container's policy indexes: what a write is charged by besides its size. Every string, number,
/// boolean and null is one, elements of arrays included; what the service adds by itself is not counted.
/// </summary>
internal static class IndexedValues
{
    private static readonly string[] AddedByService = ["_rid", "_self", "_etag", "_attachments", "_ts"];

    /// <param name="json">An item, as it is kept.</param>
    /// <param name="policy">The policy of its container.</param>
    public static int Count(ReadOnlySpan<byte> json, IndexingPolicy policy)
    {
        if (!policy.IsOn)
        {
            return 0;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ItemDocument.MaxDepth });
        reader.Read();
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            count += CountMember(ref reader, policy);
        }

        return count;
    }

    private static int CountMember(ref Utf8JsonReader reader, IndexingPolicy policy)
    {
        if (IsAnyOf(ref reader, AddedByService))
        {
            reader.Skip();
            return 0;
        }

        // Most policies say nothing of most members: then it is all or nothing, and no path need be looked up.
        if (!IsAnyOf(ref reader, policy.NamedMembers))
        {
            reader.Read();
            return policy.IncludesRoot ? CountAll(ref reader) : Skip(ref reader);
        }

        var path = new List<string> { reader.GetString()! };
        reader.Read();
        return CountAt(ref reader, path, policy);
    }

    private static bool IsAnyOf(ref Utf8JsonReader reader, string[] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private static int CountAll(ref Utf8JsonReader reader)
    {
        var (count, depth) = (0, reader.CurrentDepth);
        do
        {
            count += reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null ? 1 : 0;
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());

        return count;
    }

    private static int Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return 0;
    }

    private static int CountAt(ref Utf8JsonReader reader, List<string> path, IndexingPolicy policy)
    {
        var count = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    path.Add(reader.GetString()!);
                    reader.Read();
                    count += CountAt(ref reader, path, policy);
                    path.RemoveAt(path.Count - 1);
                }

                return count;
            case JsonTokenType.StartArray:
                path.Add(IndexingPolicy.Element);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    count += CountAt(ref reader, path, policy);
                }

                path.RemoveAt(path.Count - 1);
                return count;
            default:
                return policy.Indexes(path) ? 1 : 0;
        }
    }
}
