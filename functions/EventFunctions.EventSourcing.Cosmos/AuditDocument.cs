namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An entry of the audit trail as an item.</summary>
/// <param name="Id">The event's id: a second create of the same entry is refused.</param>
/// <param name="Partition">The stream.</param>
/// <param name="Time">When the event was decided: the order of a list, see <see cref="EventTime"/>.</param>
/// <param name="Entry">The entry.</param>
internal sealed record AuditDocument(string Id, string Partition, DateTimeOffset Time, AuditEntry Entry)
{
    public static AuditDocument Of(AuditEntry entry) =>
        new(entry.EventId.ToString("N"), entry.Stream, entry.Time.ToUniversalTime(), entry);
}
