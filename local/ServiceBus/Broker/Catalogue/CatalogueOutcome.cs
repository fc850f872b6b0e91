namespace EventFunctions.Local.ServiceBus;

/// <summary>What became of a request to make, change or delete an entity or a rule.</summary>
/// <typeparam name="T">What it gives when it is done.</typeparam>
internal abstract record CatalogueOutcome<T>
{
    private CatalogueOutcome()
    {
    }

    /// <summary>Done, and safe.</summary>
    public sealed record Done(T Value) : CatalogueOutcome<T>;

    /// <summary>There is something of that name already.</summary>
    public sealed record AlreadyExists(string Name) : CatalogueOutcome<T>;

    /// <summary>There is nothing of that name.</summary>
    public sealed record NotFound(string Name) : CatalogueOutcome<T>;

    /// <summary>A limit, or what can't be changed, stands against it.</summary>
    public sealed record Refused(string Reason) : CatalogueOutcome<T>;
}
