namespace EventFunctions.EventSourcing;

/// <summary>A schema version in which an event is, or once was, stored.</summary>
/// <param name="Name">The event's present name.</param>
/// <param name="SchemaVersion">The schema version.</param>
/// <param name="Shape">
/// The type whose JSON has the stored shape: the event's own for the newest version, else a record marked
/// <see cref="RetiredEventAttribute"/>.
/// </param>
/// <param name="IsNewest">Whether events are written in this version; there is one such version of every name.</param>
/// <param name="Aliases">Former names that stored events may carry, in ordinal order.</param>
public sealed record EventVersionInfo(string Name, int SchemaVersion, Type Shape, bool IsNewest, IReadOnlyList<string> Aliases);
