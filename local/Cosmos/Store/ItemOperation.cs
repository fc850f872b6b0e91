namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What a client asks to be done with one item of a partition.</summary>
internal abstract record ItemOperation
{
    private ItemOperation()
    {
    }

    /// <summary>Creates the item; it must not be there.</summary>
    public sealed record Create(ItemDocument Document) : ItemOperation;

    /// <summary>Creates the item, or replaces the one there is (under its ETag, if one is given).</summary>
    public sealed record Upsert(ItemDocument Document, string? IfMatch) : ItemOperation;

    /// <summary>Replaces the item that must be there.</summary>
    public sealed record Replace(string Id, ItemDocument Document, string? IfMatch) : ItemOperation;

    /// <summary>Changes parts of the item that must be there.</summary>
    public sealed record Patch(string Id, ItemPatch Change, string? IfMatch) : ItemOperation;

    /// <summary>Deletes the item that must be there.</summary>
    public sealed record Delete(string Id, string? IfMatch) : ItemOperation;

    /// <summary>Reads the item, unless it is still the version the client has.</summary>
    public sealed record Read(string Id, string? IfNoneMatch) : ItemOperation;

    /// <summary>An operation that was refused on reading it; it is carried along because it fails its batch.</summary>
    public sealed record Malformed(ItemOutcome.Refused Refusal) : ItemOperation;
}
