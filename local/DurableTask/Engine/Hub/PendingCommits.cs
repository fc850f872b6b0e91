namespace EventFunctions.Local.DurableTask;

/// <summary>Changes that the log writes together, and what is to be done when they are durable.</summary>
/// <param name="durable">Ends with the log's write.</param>
internal sealed class PendingCommits(Task durable)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Durable => durable;

    /// <summary>In order; added to under the hub's lock, and only until the write has ended.</summary>
    public List<HubEffect> Effects { get; } = [];

    /// <summary>Ends when the changes are durable and their effects let loose; fails with the log's own exception.</summary>
    public Task Released => _released.Task;

    public void Succeed() => _released.SetResult();

    public void Fail(Exception cause)
    {
        _released.SetException(cause);

        // Not every change has somebody who waits for it; the hub itself reports the failure.
        _ = _released.Task.Exception;
    }
}

/// <summary>What came of a decision.</summary>
/// <param name="Changed">Whether there was a change.</param>
/// <param name="Released">Ends when it is durable and its effects are let loose.</param>
internal readonly record struct HubCommit(bool Changed, Task Released)
{
    /// <summary>There was nothing to change.</summary>
    public static HubCommit Nothing { get; } = new(Changed: false, Task.CompletedTask);

    /// <summary>The change is durable.</summary>
    public static HubCommit Done { get; } = new(Changed: true, Task.CompletedTask);
}
