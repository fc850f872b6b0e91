namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A reserved name as an item.</summary>
/// <param name="Id">The name, which is the partition key too.</param>
/// <param name="Kind">Always <see cref="Reserved"/>: the container holds other things beside.</param>
/// <param name="Owner">Who has it.</param>
/// <param name="Since">When it was last reserved; UTC.</param>
internal sealed record ReservationDocument(string Id, string Kind, string Owner, DateTimeOffset Since)
{
    /// <summary>The kind of these items.</summary>
    public const string Reserved = "reservation";
}
