using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Http;

/// <summary>Answers every HTTP request that ends in an exception with a problem (RFC 9457) instead of a bare 500.</summary>
/// <param name="logger">Gets what is not the client's fault.</param>
public sealed class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested || IsAborted(context))
        {
            // The client went away, or the host stops: nobody reads the answer, and nothing failed.
            throw;
        }
#pragma warning disable CA1031 // The last place before the client: whatever it is, it is logged and answered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var problem = ProblemMap.Of(exception);
            Log(context, exception, problem);
            context.GetInvocationResult().Value = new ProblemResult(problem with { CorrelationId = CorrelationOf(context) });
        }
    }

    private static bool IsAborted(FunctionContext context) => context.GetHttpContext()?.RequestAborted.IsCancellationRequested ?? false;

    private static string CorrelationOf(FunctionContext context) =>
        context.InstanceServices.GetRequiredService<RequestMetadata>().CorrelationId;

    private void Log(FunctionContext context, Exception exception, Problem problem)
    {
        var level = problem.Status switch { >= 500 and not 503 => LogLevel.Error, 503 => LogLevel.Warning, _ => LogLevel.Debug };
        logger.Log(level, exception, "{Function} answers {Status} {Code}.", context.FunctionDefinition.Name, problem.Status, problem.Code);
    }
}
