using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Wire.Batches;

/// <summary>From a batch's operations to the store's, and from its outcomes to the batch's results.</summary>
internal static class BatchTranslation
{
    /// <summary>What an operation asks for; one that can't be read becomes one that is refused, for it fails its batch in its place.</summary>
    public static ItemOperation ToItemOperation(BatchOperation operation, PartitionKeyPath path)
    {
        switch (operation.Type)
        {
            case BatchOperationType.Create:
                return WithDocument(operation, path, document => new ItemOperation.Create(document));
            case BatchOperationType.Upsert:
                return WithDocument(operation, path, document => new ItemOperation.Upsert(document, operation.IfMatch));
            case BatchOperationType.Replace:
                return WithId(operation, id => WithDocument(operation, path, document => new ItemOperation.Replace(id, document, operation.IfMatch)));
            case BatchOperationType.Delete:
                return WithId(operation, id => new ItemOperation.Delete(id, operation.IfMatch));
            case BatchOperationType.Read:
                return WithId(operation, id => new ItemOperation.Read(id, operation.IfNoneMatch));
            case BatchOperationType.Patch:
                return WithId(operation, id => Patch(operation, id));
            default:
                return Refuse(400, $"Operation type {operation.Type} is not supported in a batch.");
        }
    }

    public static BatchOperationResult ToResult(ItemOutcome outcome, BatchOperation operation, IndexingPolicy policy)
    {
        var (status, subStatus) = Outcomes.StatusOf(outcome);
        return new BatchOperationResult(status, subStatus)
        {
            ETag = Outcomes.ItemOf(outcome)?.ETag,
            Body = Outcomes.BodyOf(outcome, operation.Minimal == true),
            Charge = Outcomes.ChargeOf(outcome, policy),
        };
    }

    private static ItemOperation WithId(BatchOperation operation, Func<string, ItemOperation> then) =>
        operation.Id is { Length: > 0 } id ? then(id) : Refuse(400, "An operation of the batch names no id.");

    private static ItemOperation WithDocument(BatchOperation operation, PartitionKeyPath path, Func<ItemDocument, ItemOperation> then) =>
        ItemDocumentReader.TryRead(operation.Body, path, out var document, out var refusal) ? then(document) : new ItemOperation.Malformed(refusal);

    private static ItemOperation Patch(BatchOperation operation, string id)
    {
        try
        {
            return new ItemOperation.Patch(id, PatchBody.Read(operation.Body), operation.IfMatch);
        }
        catch (RequestRefusedException refused)
        {
            // Not the request but one of its operations is refused, and the others hear of it.
            return Refuse(refused.Status, refused.Message);
        }
    }

    private static ItemOperation.Malformed Refuse(int status, string message) => new(new ItemOutcome.Refused(status, 0, message));
}
