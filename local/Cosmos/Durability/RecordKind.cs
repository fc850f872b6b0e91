namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>The kinds of record in the journal. Stored data is forever: a number keeps its meaning, and a new layout gets a new number.</summary>
internal enum RecordKind : byte
{
    /// <summary>A database was created.</summary>
    DatabaseCreated = 1,

    /// <summary>A database was deleted, with its containers.</summary>
    DatabaseDeleted = 2,

    /// <summary>A container was created.</summary>
    ContainerCreated = 3,

    /// <summary>A container was given another definition.</summary>
    ContainerReplaced = 4,

    /// <summary>A container was deleted.</summary>
    ContainerDeleted = 5,

    /// <summary>Items were written and deleted in one step.</summary>
    ItemsChanged = 6,

    /// <summary>A database was created with a throughput.</summary>
    DatabaseCreatedProvisioned = 7,

    /// <summary>A container was created with a throughput.</summary>
    ContainerCreatedProvisioned = 8,

    /// <summary>A database or a container was given another throughput.</summary>
    ThroughputReplaced = 9,

    /// <summary>The beginning of a snapshot.</summary>
    AccountNoted = 16,

    /// <summary>A database in a snapshot.</summary>
    DatabaseNoted = 17,

    /// <summary>A container in a snapshot; its ranges' items follow, in their order.</summary>
    ContainerNoted = 18,

    /// <summary>An item in a snapshot.</summary>
    ItemNoted = 19,

    /// <summary>The end of a container in a snapshot.</summary>
    ContainerComplete = 20,

    /// <summary>A throughput in a snapshot.</summary>
    OfferNoted = 21,
}
