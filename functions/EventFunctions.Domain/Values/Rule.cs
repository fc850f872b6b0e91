using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>Rules that events of several contexts have in common. Each tells how it is broken, or nothing.</summary>
internal static class Rule
{
    /// <summary>Money that moves, or is to move, is more than nothing.</summary>
    public static EventProblem? Positive(string rule, Money amount) =>
        amount.IsZero ? new EventProblem(rule, "The amount is nothing.") : null;

    /// <summary>A text that something is found by again is there.</summary>
    public static EventProblem? Present(string rule, string text) =>
        string.IsNullOrWhiteSpace(text) ? new EventProblem(rule, "The text is blank.") : null;

    /// <summary>A reason has its length at most, see <see cref="ReasonText"/>.</summary>
    public static EventProblem? Reason(string rule, string reason) =>
        reason.Length > ReasonText.MaxLength
            ? new EventProblem(rule, $"The reason has {reason.Length} characters; {ReasonText.MaxLength} are kept.")
            : null;
}
