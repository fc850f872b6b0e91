using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>Orchestrators and activities as lambdas, with the calls counted.</summary>
internal sealed class TestDispatcher : ITaskDispatcher
{
    private readonly ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<ActivityInvocation, CancellationToken, Task<object?>>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<ActivityInvocation> Calls { get; } = new();

    public int Episodes;

    public void Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code) => _orchestrators[name] = code;

    public void Activity(string name, Func<ActivityInvocation, CancellationToken, Task<object?>> code) => _activities[name] = code;

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Episodes);
        return _orchestrators[context.Name](context);
    }

    public async Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken)
    {
        Calls.Enqueue(invocation);
        return JsonDataConverter.Default.Serialize(await _activities[invocation.Name](invocation, cancellationToken));
    }
}
