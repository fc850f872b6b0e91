namespace EventFunctions.EventSourcing;

/// <summary>A decision produced an event that must not be appended, which is a bug of the decision; nothing was written.</summary>
/// <param name="eventType">The CLR type of the event.</param>
/// <param name="stream">The stream it was for.</param>
/// <param name="problems">The rules it breaks, one or more.</param>
public sealed class InvalidEventException(Type eventType, StreamName stream, IReadOnlyList<EventProblem> problems)
    : Exception(
        $"A {eventType?.Name} was decided for '{stream}' that must not be appended: " +
        $"{string.Join(' ', problems.Select(p => $"{p.Message} ({p.Rule})"))} Mend the decision, or the rule.")
{
    /// <summary>The rules that the event breaks.</summary>
    public IReadOnlyList<EventProblem> Problems { get; } = problems;
}
