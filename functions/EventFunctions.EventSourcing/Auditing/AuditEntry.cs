namespace EventFunctions.EventSourcing;

/// <summary>Who did what, when and from where: one event without its data.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">What happened: the present name of the event's type.</param>
/// <param name="SchemaVersion">The schema version of the event's data.</param>
/// <param name="Stream">What it happened to: the event's stream.</param>
/// <param name="Version">The stream's version after the event.</param>
/// <param name="Time">When it was decided, UTC.</param>
/// <param name="CommandId">The command that led to it.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The message or command that led to the command, where there is one.</param>
/// <param name="User">Who asked, as far as known.</param>
/// <param name="ClientNetwork">The network the request came from, see <see cref="ClientNetworks"/>; an address would tell more than an audit needs.</param>
/// <param name="Source">The part of the system that sent the command, e.g. <c>http</c>.</param>
public sealed record AuditEntry(
    Guid EventId,
    string Type,
    int SchemaVersion,
    string Stream,
    long Version,
    DateTimeOffset Time,
    Guid CommandId,
    string CorrelationId,
    string? CausationId = null,
    string? User = null,
    string? ClientNetwork = null,
    string? Source = null)
{
    /// <summary>The entry of an event. Pure.</summary>
    public static AuditEntry Of(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var metadata = envelope.Metadata;
        return new AuditEntry(
            envelope.EventId,
            envelope.Type,
            envelope.SchemaVersion,
            envelope.Stream.Value,
            envelope.Version,
            envelope.Time.ToUniversalTime(),
            metadata.CommandId,
            metadata.CorrelationId,
            metadata.CausationId,
            metadata.User,
            ClientNetworks.Of(metadata.ClientAddress),
            metadata.Source);
    }

    /// <summary>The entry without who it was and from where.</summary>
    public AuditEntry Erased() => this with { User = ErasedText.Value, ClientNetwork = ClientNetwork is null ? null : ErasedText.Value };
}
