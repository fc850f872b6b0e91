namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The hub takes no more changes and answers no more questions: its log has failed, so what is in memory is ahead of what is safe; or
/// it was closed. What was acknowledged is there when the hub is opened again.
/// </summary>
public sealed class HubStoppedException : InvalidOperationException
{
    /// <summary>Names the cause.</summary>
    /// <param name="cause">What the log said; an <see cref="ObjectDisposedException"/> if the hub was closed.</param>
    internal HubStoppedException(Exception cause)
        : base(MessageOf(cause), cause)
    {
    }

    private static string MessageOf(Exception cause) => cause is ObjectDisposedException
        ? "The task hub is closed; whoever still uses its client must end before the engine does."
        : $"The task hub has stopped because its log failed ({cause.Message.TrimEnd('.')}). See to the cause and start again.";
}
