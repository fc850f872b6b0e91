namespace EventFunctions.Local.DurableTask;

/// <summary>An instance that was exported with its history.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Name">The orchestrator.</param>
/// <param name="Events">The history of its current execution; empty for one that has not begun.</param>
public sealed record RecordedInstance(string InstanceId, string Name, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>The version it was started with; <see langword="null"/> where the export does not tell.</summary>
    public string? Version => Events.OfType<RecordedEvent.Began>().FirstOrDefault()?.Version;
}

/// <summary>A file is not what the management API exports.</summary>
/// <param name="message">What is wrong, and what helps.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class HistoryFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
