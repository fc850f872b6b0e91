namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Tells those who wait that something has changed. Whoever uses it holds the connection's gate.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _next;

    /// <summary>Completes with the next change.</summary>
    public Task Next => (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Something has changed.</summary>
    public void Pulse()
    {
        _next?.SetResult();
        _next = null;
    }
}
