using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire.Batches;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Transactional batches, all or nothing in one partition, and bulk requests, each operation for itself in one key range.</summary>
internal static class BatchHandler
{
    public static async Task<GatewayResponse> HandleAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        if (request.Body.Length > BatchLimits.MaxBytes)
        {
            return GatewayResponse.Error(413, 0, $"The batch has {request.Body.Length} bytes; the largest may have {BatchLimits.MaxBytes}.");
        }

        var operations = BatchBody.Read(request.Body);
        if (operations.Count is 0 or > BatchLimits.MaxOperations)
        {
            return GatewayResponse.Error(400, 0, $"Batch request has {operations.Count} operations; it must have 1 to {BatchLimits.MaxOperations}.");
        }

        return request.Flag(HeaderNames.BatchAtomic)
            ? await AtomicAsync(request, operations, container, cancellationToken)
            : await BulkAsync(request, operations, container, cancellationToken);
    }

    private static async Task<GatewayResponse> AtomicAsync(
        GatewayRequest request, IReadOnlyList<BatchOperation> operations, ContainerStore container, CancellationToken cancellationToken)
    {
        var definition = container.Definition;
        var result = await container.ExecuteAsync(
            request.PartitionKey(), [.. operations.Select(o => BatchTranslation.ToItemOperation(o, definition.PartitionKey))], cancellationToken);
        var results = result.Outcomes.Zip(operations, (outcome, operation) => BatchTranslation.ToResult(outcome, operation, definition.Indexing)).ToList();
        return Answer(request, results, result.Succeeded ? 200 : 207, result.Session);
    }

    private static async Task<GatewayResponse> BulkAsync(
        GatewayRequest request, IReadOnlyList<BatchOperation> operations, ContainerStore container, CancellationToken cancellationToken)
    {
        var definition = container.Definition;
        var results = new List<BatchOperationResult>();
        SessionPosition? session = null;

        // All keys are read before anything is done: one that can't be read fails the request as a whole.
        PartitionKeyValue[] keys = [.. operations.Select(o => KeyOf(o, request))];

        // Each is done in its place at once; that it is safe is waited for together, or each would take a sync of its own.
        ValueTask<ItemResult>[] running =
            [.. operations.Zip(keys, (operation, key) => container.ExecuteAsync(key, BatchTranslation.ToItemOperation(operation, definition.PartitionKey), cancellationToken))];
        foreach (var (operation, done) in operations.Zip(running))
        {
            var result = await done;
            results.Add(BatchTranslation.ToResult(result.Outcome, operation, definition.Indexing));
            session = result.Session;
        }

        return Answer(request, results, results.TrueForAll(r => r.Status is < 300 or 304) ? 200 : 207, session);
    }

    private static PartitionKeyValue KeyOf(BatchOperation operation, GatewayRequest request)
    {
        if (operation.PartitionKey is not { } text)
        {
            return request.PartitionKey();
        }

        return PartitionKeyJson.TryParse(text, out var key, out var problem) ? key : throw new RequestRefusedException(400, 0, problem);
    }

    private static GatewayResponse Answer(GatewayRequest request, IReadOnlyList<BatchOperationResult> results, int status, SessionPosition? session)
    {
        var hybridRow = BatchBody.IsHybridRow(request.Body.Span);
        return new GatewayResponse(status)
        {
            Body = BatchBody.Write(results, hybridRow),
            ContentType = hybridRow ? BatchBody.HybridRowType : BatchBody.JsonType,
            Session = session,
            Charge = results.Sum(r => r.Charge),
        };
    }
}
