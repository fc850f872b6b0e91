namespace EventFunctions.EventSourcing;

/// <summary>The code's event types cannot be stored as they are; found at start-up, before anything is written.</summary>
/// <param name="problems">Everything that is wrong, a sentence each.</param>
public sealed class EventTypeRegistryException(IReadOnlyList<string> problems)
    : Exception($"The event types cannot be registered:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    /// <summary>Everything that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
