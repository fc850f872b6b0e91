using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What an operation does to a partition, by the partition's state alone.</summary>
internal static class ItemDecider
{
    /// <summary>Decides on one operation and stages what it changes.</summary>
    public static ItemOutcome Decide(ItemOperation operation, StagedPartition partition) => operation switch
    {
        ItemOperation.Create create => WrongPartition(create.Document, partition) ?? Create(create, partition),
        ItemOperation.Upsert upsert => WrongPartition(upsert.Document, partition) ?? Upsert(upsert, partition),
        ItemOperation.Replace replace => WrongPartition(replace.Document, partition) ?? Replace(replace, partition),
        ItemOperation.Patch patch => Patch(patch, partition),
        ItemOperation.Delete delete => Delete(delete, partition),
        ItemOperation.Read read => Read(read, partition),
        ItemOperation.Malformed malformed => malformed.Refusal,
        _ => throw new InvalidOperationException($"Unknown operation {operation.GetType().Name}."),
    };

    private static ItemOutcome Create(ItemOperation.Create create, StagedPartition partition) =>
        partition.Find(create.Document.Id) is null
            ? Put(create.Document, previous: null, partition)
            : new ItemOutcome.AlreadyExists(create.Document.Id);

    private static ItemOutcome Upsert(ItemOperation.Upsert upsert, StagedPartition partition) => partition.Find(upsert.Document.Id) switch
    {
        null => Put(upsert.Document, previous: null, partition),
        { } present when Differs(upsert.IfMatch, present) => new ItemOutcome.ETagDiffers(present.Id),
        { } present => Put(upsert.Document, present, partition),
    };

    private static ItemOutcome Replace(ItemOperation.Replace replace, StagedPartition partition) => partition.Find(replace.Id) switch
    {
        null => new ItemOutcome.NotFound(replace.Id),
        _ when replace.Document.Id != replace.Id => new ItemOutcome.Refused(400, 0, $"The body's id '{replace.Document.Id}' is not the id '{replace.Id}' of the item to replace."),
        { } present when Differs(replace.IfMatch, present) => new ItemOutcome.ETagDiffers(present.Id),
        { } present => Put(replace.Document, present, partition),
    };

    private static ItemOutcome Put(ItemDocument document, StoredItem? previous, StagedPartition partition)
    {
        if (partition.HasUniqueValuesOfAnother(document))
        {
            return new ItemOutcome.NotUnique(document.Id);
        }

        var item = partition.Put(document, previous);
        return previous is null ? new ItemOutcome.Created(item) : new ItemOutcome.Replaced(item);
    }

    private static ItemOutcome Delete(ItemOperation.Delete delete, StagedPartition partition)
    {
        var present = partition.Find(delete.Id);
        if (present is null)
        {
            return new ItemOutcome.NotFound(delete.Id);
        }

        if (Differs(delete.IfMatch, present))
        {
            return new ItemOutcome.ETagDiffers(present.Id);
        }

        partition.Remove(present);
        return new ItemOutcome.Deleted(present);
    }

    private static ItemOutcome Read(ItemOperation.Read read, StagedPartition partition) => partition.Find(read.Id) switch
    {
        null => new ItemOutcome.NotFound(read.Id),
        { } present when read.IfNoneMatch is { } known && Matches(known, present) => new ItemOutcome.NotModified(present),
        { } present => new ItemOutcome.Found(present),
    };

    private static ItemOutcome Patch(ItemOperation.Patch patch, StagedPartition partition)
    {
        var present = partition.Find(patch.Id);
        if (present is null)
        {
            return new ItemOutcome.NotFound(patch.Id);
        }

        if (Differs(patch.IfMatch, present))
        {
            return new ItemOutcome.ETagDiffers(present.Id);
        }

        return ConditionHolds(patch.Change, present) ? Patch(patch, present, partition) : new ItemOutcome.ConditionFailed(present.Id);
    }

    private static ItemOutcome Patch(ItemOperation.Patch patch, StoredItem present, StagedPartition partition)
    {
        if (!TryReadTree(present, out var item))
        {
            return new ItemOutcome.Refused(400, 0, "An item in which an object has the same name twice can't be patched, only replaced.");
        }

        if (ItemPatcher.Apply(item, patch.Change.Operations) is { } problem)
        {
            return new ItemOutcome.Refused(400, 0, problem);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(item, PatchJson.Options);
        if (!ItemDocumentReader.TryRead(json, partition.PartitionKeyPath, out var document, out var refusal))
        {
            return refusal;
        }

        if (document.Id != present.Id)
        {
            return new ItemOutcome.Refused(400, 0, "A patch can't change the id of an item.");
        }

        return (ItemOutcome?)WrongPartition(document, partition) ?? Put(document, present, partition);
    }

    private static bool TryReadTree(StoredItem present, [NotNullWhen(true)] out JsonObject? item)
    {
        try
        {
            item = JsonNode.Parse(present.Json.Span, documentOptions: ItemDocument.TreeOptions)!.AsObject();
            return true;
        }
        catch (JsonException)
        {
            // What is stored was read before, without this demand: it has a name twice.
            item = null;
            return false;
        }
    }

    private static bool ConditionHolds(ItemPatch patch, StoredItem present)
    {
        if (patch.Condition is null)
        {
            return true;
        }

        using var json = JsonDocument.Parse(present.Json, ItemDocument.ReadOptions);
        return patch.Condition(json.RootElement);
    }

    private static ItemOutcome.Refused? WrongPartition(ItemDocument document, StagedPartition partition) =>
        document.PartitionKey == partition.Key
            ? null
            : new ItemOutcome.Refused(400, 1001, "PartitionKey extracted from document doesn't match the one specified in the header.");

    private static bool Differs(string? ifMatch, StoredItem present) => ifMatch is not null && !Matches(ifMatch, present);

    private static bool Matches(string condition, StoredItem present) => condition == "*" || condition == present.ETag;
}
