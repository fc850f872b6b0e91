using System.Diagnostics;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>Runs invocations: a scope, an activity and a context each, through the app's pipeline.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, InvocationPipeline pipeline, ILogger<FunctionInvoker> logger)
{
    private static readonly ActivitySource Source = new("Microsoft.Azure.Functions.Worker");

    /// <summary>Runs one invocation and returns the function's result; a failure is logged and thrown.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">What it is invoked with.</param>
    /// <param name="cancellationToken">
    /// Asks the function to end. Each trigger knows what that is: the host's stop, the client's going, the engine's giving up.
    /// </param>
    public async Task<object?> InvokeAsync(Function function, InvocationRequest request, CancellationToken cancellationToken)
    {
        using var activity = StartActivity(function, request);
        await using var scope = scopes.CreateAsyncScope();
        var trace = new LocalTraceContext(activity.Id ?? string.Empty, activity.TraceStateString ?? string.Empty);
        var context = CreateContext(function, request, trace, scope.ServiceProvider, cancellationToken);
        activity.SetTag("faas.invocation_id", context.InvocationId);
        try
        {
            await pipeline.Run(context);
            return InvocationOutcome.Of(context).Value;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            activity.SetStatus(ActivityStatusCode.Error, "cancelled");
            logger.LogInformation(
                exception, "Invocation {InvocationId} of {Function} was cancelled.", context.InvocationId, function.Name);
            throw;
        }
        catch (Exception exception)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            logger.LogError(exception, "Invocation {InvocationId} of {Function} failed.", context.InvocationId, function.Name);
            throw;
        }
    }

    /// <summary>
    /// Runs one episode of an orchestrator. There is no activity, for a replay is not an event of its own. The scope ends with the
    /// episode, whether or not the orchestrator has returned by then.
    /// </summary>
    public async Task<object?> InvokeOrchestratorAsync(
        Function function, InvocationRequest request, IOrchestrationEpisode episode, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        episode.RegisterForDisposal(scope);
        var trace = new LocalTraceContext(request.TraceParent ?? string.Empty, request.TraceState ?? string.Empty);
        var context = CreateContext(function, request, trace, scope.ServiceProvider, cancellationToken);
        await pipeline.Run(context);
        return InvocationOutcome.Of(context).Value;
    }

    private static LocalFunctionContext CreateContext(
        Function function, InvocationRequest request, TraceContext trace, IServiceProvider services, CancellationToken token) =>
        new(new FunctionInvocation(function, request.Input), request, trace, services, token);

    private static Activity StartActivity(Function function, InvocationRequest request)
    {
        var name = $"function {function.Name}";
        var parent = ActivityContext.TryParse(request.TraceParent, request.TraceState, isRemote: true, out var parsed)
            ? parsed
            : Activity.Current?.Context ?? default;
        var activity = Source.StartActivity(name, ActivityKind.Server, parent) ?? StartUnobserved(name, parent);
        return activity.SetTag("faas.name", function.Name);
    }

    /// <summary>Nobody listens; the trace context is needed all the same, for it travels on with the events.</summary>
    private static Activity StartUnobserved(string name, ActivityContext parent)
    {
        var activity = new Activity(name).SetIdFormat(ActivityIdFormat.W3C);
        if (parent != default)
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = parent.TraceState;
        }

        return activity.Start();
    }
}
