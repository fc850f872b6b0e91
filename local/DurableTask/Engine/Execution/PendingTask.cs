using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>A durable task that orchestrator code may be awaiting. It completes on the episode's thread, continuations included.</summary>
internal abstract class PendingTask
{
    public abstract void Complete(string? result);

    public abstract void Fail(TaskFailureDetails failure);
}

/// <summary>An activity or a sub-orchestration.</summary>
internal sealed class PendingCall<T>(string name, int taskId, DataConverter converter) : PendingTask
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(string? result) => _source.TrySetPayload(converter, result);

    public override void Fail(TaskFailureDetails failure) => _source.SetException(new TaskFailedException(name, taskId, failure));
}

/// <summary>A timer.</summary>
internal sealed class PendingTimer : PendingTask
{
    private readonly TaskCompletionSource _source = new();

    public Task Task => _source.Task;

    /// <summary>The token that may cancel it, if there is one.</summary>
    public TokenWatch? Token { get; set; }

    public override void Complete(string? result)
    {
        Token?.End();
        _source.SetResult();
    }

    public override void Fail(TaskFailureDetails failure) =>
        throw new InvalidOperationException("A timer can't fail; its history is damaged.");

    public void Cancel(CancellationToken cancellationToken)
    {
        Token?.End();
        _source.TrySetCanceled(cancellationToken);
    }
}
