namespace EventFunctions.Local.ServiceBus;

/// <summary>The log of a broker that keeps nothing beyond its process: every record is as safe as it will ever be at once.</summary>
internal sealed class VolatileLog : IBrokerLog
{
    private long _position;

    /// <inheritdoc />
    public long Append(string entityPath, BrokerRecord record) => Interlocked.Increment(ref _position);

    /// <inheritdoc />
    public ValueTask FlushedAsync(long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
