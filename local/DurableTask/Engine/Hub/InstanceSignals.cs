using System.Collections.Concurrent;

namespace EventFunctions.Local.DurableTask;

/// <summary>Lets callers wait for the next change of an instance. Only instances somebody waits for cost anything.</summary>
internal sealed class InstanceSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change. Take it before looking at the instance, or a change is missed.</summary>
    public Task NextChange(string instanceId) => _waiting.GetOrAdd(
        instanceId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string instanceId)
    {
        if (_waiting.TryRemove(instanceId, out var signal))
        {
            signal.SetResult();
        }
    }
}
