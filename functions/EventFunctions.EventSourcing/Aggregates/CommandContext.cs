namespace EventFunctions.EventSourcing;

/// <summary>Everything about a command but what it asks for.</summary>
/// <param name="Metadata">Recorded with every event; its <see cref="EventMetadata.CommandId"/> identifies the command.</param>
/// <param name="Expected">The version the sender saw, or <see cref="ExpectedVersion.Any"/>.</param>
/// <param name="Fingerprint">
/// A hash of the request, where the sender chose the command id: the same id with another fingerprint is a misuse of the
/// id (<see cref="CommandResult{TState}.Reused"/>), not a repetition.
/// </param>
public sealed record CommandContext(EventMetadata Metadata, ExpectedVersion Expected = default, string? Fingerprint = null)
{
    /// <summary>Identifies the command: the same id never takes effect twice on one stream.</summary>
    public Guid CommandId => Metadata.CommandId;
}
