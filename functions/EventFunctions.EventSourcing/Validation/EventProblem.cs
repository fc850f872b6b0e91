namespace EventFunctions.EventSourcing;

/// <summary>Why an event must not be appended.</summary>
/// <param name="Rule">The rule that it breaks: stable, lower-case and hyphenated, e.g. <c>order-total</c>.</param>
/// <param name="Message">The same for a person, in a sentence.</param>
public sealed record EventProblem(string Rule, string Message)
{
    /// <summary>The rule that an event, once written, can be read back.</summary>
    public const string Structure = "structure";

    /// <summary>The rule that the event's type is registered.</summary>
    public const string UnknownType = "unknown-type";
}
