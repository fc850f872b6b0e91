namespace EventFunctions.EventSourcing;

/// <summary>Everything about a command but what it asks for.</summary>
/// <param name="Metadata">Recorded with every event; its <see cref="EventMetadata.CommandId"/> identifies the command.</param>
/// <param name="Expected">The version the sender saw, or <see cref="ExpectedVersion.Any"/>.</param>
/// <param name="Fingerprint">
/// A hash of the request, where the sender chose the command id: the same id with another fingerprint is a misuse of the
/// id (<see cref="CommandResult{TState}.Reused"/>), not a repetition. Commands with a fingerprint are remembered apart from
/// those without.
/// </param>
public sealed record CommandContext(EventMetadata Metadata, ExpectedVersion Expected = default, string? Fingerprint = null)
{
    /// <summary>
    /// Identifies the command: the same id does not take effect twice on one stream, as long as the stream remembers it
    /// (<see cref="AggregateRepositoryOptions.CommandHistoryLength"/>).
    /// </summary>
    public Guid CommandId => Metadata.CommandId;
}
