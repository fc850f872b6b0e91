using EventFunctions.Local.ServiceBus.Durability;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>A log that notes what the broker looks like after each step, before it is known to be safe. One thread at a time uses it.</summary>
internal sealed class RecordingLog(JournalBrokerLog inner, Action<Task> made) : IBrokerLog
{
    public bool KeepsChanges => true;

    public Task AppendAsync(ReadOnlySpan<ShardStep> steps)
    {
        var safe = inner.AppendAsync(steps);
        made(safe);
        return safe;
    }
}
