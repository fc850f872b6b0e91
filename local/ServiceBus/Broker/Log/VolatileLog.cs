namespace EventFunctions.Local.ServiceBus;

/// <summary>The log of a broker that keeps nothing beyond its process: every change is as safe as it will ever be at once.</summary>
internal sealed class VolatileLog : IBrokerLog
{
    /// <inheritdoc />
    public bool KeepsChanges => false;

    /// <inheritdoc />
    public Task AppendAsync(ReadOnlySpan<ShardStep> steps) => Task.CompletedTask;
}
