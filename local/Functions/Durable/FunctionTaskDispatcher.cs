using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>Runs orchestrator and activity functions for the engine, and the one activity that the extension brings along.</summary>
internal sealed class FunctionTaskDispatcher(
    FunctionCatalog catalog, FunctionInvoker invoker, WorkerDataConverter converter, HttpActivity httpActivity) : ITaskDispatcher
{
    public bool HasOrchestrator(string name) => catalog.Orchestrator(name) is not null;

    public bool HasActivity(string name) => name == HttpActivity.Name || catalog.Activity(name) is not null;

    public Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var function = catalog.Orchestrator(context.Name.Name)
            ?? throw new InvalidOperationException($"There is no orchestrator '{context.Name}'.");
        var episode = context as IOrchestrationEpisode
            ?? throw new InvalidOperationException("The engine's context does not tell when an episode ends (IOrchestrationEpisode).");
        var request = new InvocationRequest(new TriggerInput.Orchestration(context)) { BindingData = () => Metadata(context.InstanceId) };
        return invoker.InvokeOrchestratorAsync(function, request, episode, cancellationToken);
    }

    public async Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (invocation.Name == HttpActivity.Name)
        {
            return converter.Serialize(await httpActivity.CallAsync(RequestOf(invocation), cancellationToken));
        }

        var function = catalog.Activity(invocation.Name)
            ?? throw new InvalidOperationException($"There is no activity '{invocation.Name}'.");
        var request = new InvocationRequest(new TriggerInput.Activity(invocation)) { BindingData = () => Metadata(invocation.InstanceId) };
        try
        {
            return converter.Serialize(await invoker.InvokeAsync(function, request, cancellationToken));
        }
        catch (FunctionInputConverterException exception)
        {
            throw new InvalidOperationException(exception.Message, exception.InnerException);
        }
    }

    private DurableHttpRequest RequestOf(ActivityInvocation invocation) =>
        (DurableHttpRequest?)converter.Deserialize(invocation.SerializedInput, typeof(DurableHttpRequest))
            ?? throw new InvalidOperationException($"'{HttpActivity.Name}' was called without a request. Call it by CallHttpAsync.");

    private static Dictionary<string, object?> Metadata(string instanceId) =>
        new(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = instanceId };
}
