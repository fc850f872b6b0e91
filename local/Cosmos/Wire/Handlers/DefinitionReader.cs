using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Reads what a client says about a database or a container; what the endpoint could not honour is refused by name.</summary>
internal static class DefinitionReader
{
    private const int MaxIdLength = 255;

    private const string DefaultIndexing =
        """{"indexingMode":"consistent","automatic":true,"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/\"_etag\"/?"}]}""";

    private static readonly string[] KeptAsGiven = [ContainerDefinition.IndexingPolicyName, ContainerDefinition.UniqueKeyPolicyName, "conflictResolutionPolicy", "geospatialConfig"];

    private static readonly string[] NotSupported =
        ["computedProperties", "changeFeedPolicy", "vectorEmbeddingPolicy", "fullTextPolicy", "clientEncryptionPolicy", "materializedViewDefinition", "analyticalStorageTtl"];

    /// <exception cref="RequestRefusedException">It is not a database.</exception>
    public static string ReadDatabaseId(ReadOnlyMemory<byte> body)
    {
        using var json = Parse(body);
        return ReadId(json.RootElement, "database");
    }

    /// <exception cref="RequestRefusedException">It is not a container, or one that is not supported.</exception>
    public static ContainerDefinition ReadContainer(ReadOnlyMemory<byte> body, ContainerDefinition? current)
    {
        using var json = Parse(body);
        var root = json.RootElement;
        RefuseUnsupported(root);
        var definition = Read(root);
        if (current is not null && (current.Id != definition.Id || current.PartitionKey.Text != definition.PartitionKey.Text))
        {
            throw Bad("The id and the partition key of a container can't be changed.");
        }

        if (current is not null && !current.UniqueKeys.IsSameAs(definition.UniqueKeys))
        {
            throw Bad("The unique keys of a container can't be changed.");
        }

        return definition;
    }

    private static ContainerDefinition Read(JsonElement root)
    {
        try
        {
            return new ContainerDefinition(ReadId(root, "container"), ReadKey(root), ReadTimeToLive(root), ReadKept(root));
        }
        catch (FormatException broken)
        {
            throw Bad(broken.Message);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = JsonDocument.Parse(body, ItemDocument.ReadOptions);
            StrictText.ThrowIfBroken(body.Span, json.RootElement);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Bad("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw Bad($"The body is not valid JSON: {broken.Message}");
        }
    }

    private static string ReadId(JsonElement root, string what)
    {
        var id = root.TryGetProperty("id", out var property) && property.ValueKind == JsonValueKind.String ? property.GetString()! : string.Empty;
        return id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAny(@"/\?#") && !id.EndsWith(' ')
            ? id
            : throw Bad($@"The id of a {what} must have 1 to {MaxIdLength} characters, none of them / \ ? #, and not end in a space.");
    }

    private static PartitionKeyPath ReadKey(JsonElement root)
    {
        if (!root.TryGetProperty("partitionKey", out var key) || key.ValueKind != JsonValueKind.Object || !key.TryGetProperty("paths", out var paths) || paths.ValueKind != JsonValueKind.Array)
        {
            throw Bad("A container must have a partitionKey with paths.");
        }

        if (paths.GetArrayLength() != 1 || (key.TryGetProperty("kind", out var kind) && kind.ValueEquals("MultiHash")))
        {
            throw Bad("Hierarchical partition keys (several paths) are not supported.");
        }

        if (key.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.GetDouble() != 2)
        {
            throw Bad("Only version 2 of partition key hashing is supported.");
        }

        return PartitionKeyPath.TryParse(paths[0].ValueKind == JsonValueKind.String ? paths[0].GetString() : null)
            ?? throw Bad($"'{paths[0].GetRawText()}' is not a partition key path like /stream.");
    }

    private static int? ReadTimeToLive(JsonElement root)
    {
        if (!root.TryGetProperty("defaultTtl", out var property) || property.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return property.ValueKind == JsonValueKind.Number && property.TryGetInt32(out var seconds) && seconds is -1 or > 0
            ? seconds
            : throw Bad("defaultTtl must be -1 or a whole number of seconds above 0.");
    }

    private static Dictionary<string, JsonElement> ReadKept(JsonElement root)
    {
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in KeptAsGiven)
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
            {
                kept[name] = value.Clone();
            }
        }

        kept.TryAdd(ContainerDefinition.IndexingPolicyName, JsonElement.Parse(DefaultIndexing));
        return kept;
    }

    private static void RefuseUnsupported(JsonElement root)
    {
        foreach (var name in NotSupported)
        {
            if (root.TryGetProperty(name, out var value) && SaysSomething(value))
            {
                throw Bad($"The container property '{name}' is not supported.");
            }
        }

    }

    private static bool SaysSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(p => SaysSomething(p.Value)),
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => true,
    };

    private static RequestRefusedException Bad(string message) => new(400, 0, message);
}
