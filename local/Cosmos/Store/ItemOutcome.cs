namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What became of an operation on an item.</summary>
internal abstract record ItemOutcome
{
    private ItemOutcome()
    {
    }

    /// <summary>Whether the operation did what was asked; any other outcome undoes the batch it is in.</summary>
    public bool Succeeded => this is Created or Replaced or Deleted or Found or NotModified;

    public sealed record Created(StoredItem Item) : ItemOutcome;

    public sealed record Replaced(StoredItem Item) : ItemOutcome;

    public sealed record Deleted(StoredItem Last) : ItemOutcome;

    public sealed record Found(StoredItem Item) : ItemOutcome;

    /// <summary>The client has this version already.</summary>
    public sealed record NotModified(StoredItem Item) : ItemOutcome;

    public sealed record NotFound(string Id) : ItemOutcome;

    public sealed record AlreadyExists(string Id) : ItemOutcome;

    /// <summary>Another item of the partition has a value of a unique key that this one would have.</summary>
    public sealed record NotUnique(string Id) : ItemOutcome;

    /// <summary>The item is not the version the client named.</summary>
    public sealed record ETagDiffers(string Id) : ItemOutcome;

    /// <summary>A patch's condition does not hold for the item.</summary>
    public sealed record ConditionFailed(string Id) : ItemOutcome;

    /// <summary>The operation can't be done at all, with the HTTP status and substatus that say why.</summary>
    public sealed record Refused(int Status, int SubStatus, string Message) : ItemOutcome;

    /// <summary>Another operation of the same batch failed, so this one was not done.</summary>
    public sealed record DependencyFailed : ItemOutcome;
}
