namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>A log whose flushes a test can hold up.</summary>
internal sealed class SlowLog : IBrokerLog
{
    private TaskCompletionSource? _held;

    public bool KeepsChanges => true;

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    public Task AppendAsync(ReadOnlySpan<ShardStep> steps) => _held?.Task ?? Task.CompletedTask;
}
