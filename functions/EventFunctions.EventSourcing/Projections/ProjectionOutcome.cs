namespace EventFunctions.EventSourcing;

/// <summary>What a projection did with an event.</summary>
public enum ProjectionOutcome
{
    /// <summary>The view showed the event already; nothing was written.</summary>
    Ignored,

    /// <summary>The event was the next one and is applied.</summary>
    Applied,

    /// <summary>Events before this one had not arrived; they were read from the store, and all are applied.</summary>
    Healed,

    /// <summary>The stream's next event cannot be applied for its own sake. That is recorded; events before it are applied.</summary>
    Stalled,
}

/// <summary>Other writers of a view won every attempt. Nothing was written; the event is to be handed in again.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="stream">The stream.</param>
/// <param name="version">The version of the event.</param>
/// <param name="attempts">How many attempts were made.</param>
public sealed class ProjectionContendedException(string projection, StreamName stream, long version, int attempts)
    : Exception($"The view '{projection}' of '{stream}' was changed by others in each of {attempts} attempts to apply event {version}.");
