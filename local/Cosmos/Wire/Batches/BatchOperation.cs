namespace EventFunctions.Local.Cosmos.Wire.Batches;

/// <summary>One operation of a batch as it came over the wire, in either form.</summary>
/// <param name="Type">One of <see cref="BatchOperationType"/>.</param>
internal sealed record BatchOperation(int Type)
{
    /// <summary>The header form of the partition key, in bulk requests only.</summary>
    public string? PartitionKey { get; init; }

    public ReadOnlyMemory<byte> EffectivePartitionKey { get; init; }

    public string? Id { get; init; }

    public ReadOnlyMemory<byte> BinaryId { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? IndexingDirective { get; init; }

    public string? IfMatch { get; init; }

    public string? IfNoneMatch { get; init; }

    public int? TimeToLive { get; init; }

    /// <summary>Whether the client can do without the item in the answer.</summary>
    public bool? Minimal { get; init; }
}

/// <summary>The numbers of the operations.</summary>
internal static class BatchOperationType
{
    public const int Create = 0;
    public const int Patch = 1;
    public const int Read = 2;
    public const int Delete = 4;
    public const int Replace = 5;
    public const int Upsert = 20;
}

/// <summary>One operation's result.</summary>
internal sealed record BatchOperationResult(int Status, int SubStatus)
{
    public string? ETag { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public uint? RetryAfterMilliseconds { get; init; }

    public double Charge { get; init; }
}
