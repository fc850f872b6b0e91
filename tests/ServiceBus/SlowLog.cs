namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>A log whose flushes a test can hold up.</summary>
internal sealed class SlowLog : IBrokerLog
{
    private TaskCompletionSource? _held;
    private long _position;

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    public long Append(string entityPath, BrokerRecord record) => Interlocked.Increment(ref _position);

    public ValueTask FlushedAsync(long position, CancellationToken cancellationToken) =>
        new(_held?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
}
