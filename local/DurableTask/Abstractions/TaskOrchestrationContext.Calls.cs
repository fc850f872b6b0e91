namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    /// <summary>Calls an activity.</summary>
    /// <exception cref="TaskFailedException">The activity failed (when awaited).</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity without an input.</summary>
    /// <exception cref="TaskFailedException">The activity failed (when awaited).</exception>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls an activity without an input for its result.</summary>
    /// <exception cref="TaskFailedException">The activity failed (when awaited).</exception>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) => CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity for its result.</summary>
    /// <exception cref="TaskFailedException">The activity failed (when awaited).</exception>
    /// <exception cref="ArgumentException">The input is a <see cref="TaskOptions"/>: it was meant as the options.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Calls an orchestrator as a child of this one, for its result.</summary>
    /// <exception cref="TaskFailedException">The child failed or was terminated (when awaited).</exception>
    /// <exception cref="ArgumentException">The input is a <see cref="TaskOptions"/>: it was meant as the options.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <summary>Calls an orchestrator without an input as a child of this one, for its result.</summary>
    /// <exception cref="TaskFailedException">The child failed or was terminated (when awaited).</exception>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Calls an orchestrator without an input as a child of this one.</summary>
    /// <exception cref="TaskFailedException">The child failed or was terminated (when awaited).</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Calls an orchestrator as a child of this one.</summary>
    /// <exception cref="TaskFailedException">The child failed or was terminated (when awaited).</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);
}
