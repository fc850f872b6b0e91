using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>Finds and runs the code behind orchestrator and activity names. Names are the same when they differ in letter case only.</summary>
public interface ITaskDispatcher : IOrchestratorDispatcher, IActivityDispatcher;

/// <summary>Runs orchestrator code.</summary>
public interface IOrchestratorDispatcher
{
    /// <summary>Whether there is an orchestrator of that name.</summary>
    bool HasOrchestrator(string name);

    /// <summary>
    /// Runs the orchestrator <see cref="TaskOrchestrationContext.Name"/>. It is called on the thread and the synchronization context
    /// of an episode and must not leave them: it awaits nothing but tasks of the context. If the code still waits when it is let go,
    /// the returned task never completes; what must be let go with it is registered with <see cref="IOrchestrationEpisode"/>, which
    /// the context implements.
    /// </summary>
    /// <returns>The orchestrator's result, which the engine serializes.</returns>
    Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken);
}

/// <summary>Runs activity code.</summary>
public interface IActivityDispatcher
{
    /// <summary>Whether there is an activity of that name.</summary>
    bool HasActivity(string name);

    /// <summary>Runs an activity. An exception is the activity's failure.</summary>
    /// <returns>The activity's result, serialized; <see langword="null"/> if it has none.</returns>
    Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken);
}

/// <summary>One call of an activity. It may be delivered more than once.</summary>
/// <param name="Name">The activity's name.</param>
/// <param name="InstanceId">The instance that called it.</param>
/// <param name="TaskId">The call's id within the instance.</param>
/// <param name="SerializedInput">The input; <see langword="null"/> if there is none.</param>
public sealed record ActivityInvocation(string Name, string InstanceId, int TaskId, string? SerializedInput);

/// <summary>
/// One run of orchestrator code, from the start of its history until it is let go: when it has ended, when the episode ends, or, with
/// a long history, when it has not been needed for longer than others. Implemented by the context a dispatcher is given.
/// </summary>
public interface IOrchestrationEpisode
{
    /// <summary>Has something disposed of when the code is let go, whether or not it has returned.</summary>
    void RegisterForDisposal(IAsyncDisposable resource);
}
