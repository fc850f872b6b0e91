using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>An item's body as a client sent it: checked, with its system properties taken off.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="PartitionKey">The value at the container's partition key path.</param>
/// <param name="TimeToLive">The item's own time to live in seconds, or -1.</param>
/// <param name="Json">UTF-8, a JSON object.</param>
internal sealed record ItemDocument(string Id, PartitionKeyValue PartitionKey, int? TimeToLive, ReadOnlyMemory<byte> Json)
{
    /// <summary>The largest item, in UTF-8 bytes ("Azure Cosmos DB service quotas", per-item limits).</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The longest id, in UTF-8 bytes.</summary>
    public const int MaxIdBytes = 1023;

    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 128;

    /// <summary>Strict JSON, as deep as the service takes it.</summary>
    public static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth };

    /// <summary>The same for a tree in which a patch takes its steps: it has each name once.</summary>
    public static readonly JsonDocumentOptions TreeOptions = ReadOptions with { AllowDuplicateProperties = false };
}
