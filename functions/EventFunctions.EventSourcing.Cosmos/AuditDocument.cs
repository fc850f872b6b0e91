namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An entry of the audit trail as an item; there is one for each way of asking for it.</summary>
/// <param name="Id">The event's id: a second create of the same entry is refused.</param>
/// <param name="Partition">The way of asking and what is asked for, e.g. <c>stream:ordering-1</c>.</param>
/// <param name="Time">When the event was decided: the order of a list, see <see cref="EventTime"/>.</param>
/// <param name="Entry">The entry.</param>
internal sealed record AuditDocument(string Id, string Partition, DateTimeOffset Time, AuditEntry Entry)
{
    public static AuditDocument Of(string partition, AuditEntry entry) =>
        new(IdOf(entry), partition, entry.Time.ToUniversalTime(), entry);

    public static string IdOf(AuditEntry entry) => entry.EventId.ToString("N");
}
