namespace EventFunctions.EventSourcing;

/// <summary>Ids of events that follow from where the events come from.</summary>
/// <remarks>
/// The id is the message id too, by which a topic drops what it has seen. So it must be the same however often the command is
/// tried, and another one for every event. The command id alone does not tell events apart: one id may be used on several
/// streams, as by a process that reserves every line of an order under the id of its step, or by two clients with the same
/// idempotency key. The version in the stream would not do: it changes when a lost race makes the command decide again.
/// </remarks>
internal static class EventIdentity
{
    /// <summary>The id of an event.</summary>
    /// <param name="commandId">The command that produced the event.</param>
    /// <param name="stream">The stream the event is appended to.</param>
    /// <param name="index">The place of the event among those of the command: 0 for the first.</param>
    public static Guid Of(Guid commandId, StreamName stream, int index) =>
        NameBasedGuid.Create(commandId, $"{stream}/{index}"); // No stream's name has a slash, so no two places read the same.
}
