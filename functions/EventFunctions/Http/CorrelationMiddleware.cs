using System.Diagnostics;
using EventFunctions.Enrichment;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Http;

/// <summary>Gives every HTTP request its correlation id and trace context, in the events it leads to, its log and its answer.</summary>
/// <param name="logger">Gets the correlation id as a scope.</param>
public sealed class CorrelationMiddleware(ILogger<CorrelationMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.GetHttpContext()
            ?? throw new InvalidOperationException("There is no HTTP context: call ConfigureFunctionsWebApplication before middleware is added.");
        var metadata = context.InstanceServices.GetRequiredService<RequestMetadata>();
        metadata.Fill(http.Request, context.TraceContext.TraceParent);
        http.Response.Headers[RequestMetadata.CorrelationHeader] = metadata.CorrelationId;
        // Not of the kind 'server': the request is the host's span, and would be counted twice.
        using var activity = EventActivities.Start(
            $"serve {context.FunctionDefinition.Name}", ActivityKind.Internal, metadata.CorrelationId, metadata.TraceParent, metadata.TraceState);
        using (logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["CorrelationId"] = metadata.CorrelationId }))
        {
            await next(context);
        }
    }
}
