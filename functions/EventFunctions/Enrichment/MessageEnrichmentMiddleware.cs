using System.Diagnostics;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Enrichment;

/// <summary>
/// Has every function that a message starts continue the trace of the event in it, log under the event's correlation id, and
/// know the circumstances that its commands carry on.
/// </summary>
/// <remarks>
/// The trace is the one in the message's own property: what the broker's client adds is the trace of the relay, which publishes
/// the events of many transactions.
/// </remarks>
/// <param name="metrics">Gets how long it took.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets the scope.</param>
public sealed class MessageEnrichmentMiddleware(MessageMetrics metrics, TimeProvider timeProvider, ILogger<MessageEnrichmentMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    /// <summary>Whether a message started a function.</summary>
    public static bool IsMessage(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.FunctionDefinition.InputBindings.Values.Any(b => string.Equals(b.Type, "serviceBusTrigger", StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var circumstances = MessageCircumstances.Of(context.BindingContext.BindingData);
        context.InstanceServices.GetRequiredService<CurrentMessage>().Fill(circumstances);
        using var activity = EventActivities.Start(
            $"handle {context.FunctionDefinition.Name}", ActivityKind.Consumer, circumstances.CorrelationId, circumstances.TraceParent);
        activity.SetTag("faas.name", context.FunctionDefinition.Name).SetTag("messaging.message.id", circumstances.EventId);
        using (logger.BeginScope(ScopeOf(circumstances)))
        {
            await MeasureAsync(context, next, circumstances.EventTime, activity);
        }
    }

    private async Task MeasureAsync(FunctionContext context, FunctionExecutionDelegate next, DateTimeOffset? eventTime, Activity activity)
    {
        var function = context.FunctionDefinition.Name;
        var began = timeProvider.GetTimestamp();
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            metrics.Failed(function, timeProvider.GetElapsedTime(began));
            throw;
        }

        metrics.Handled(function, timeProvider.GetElapsedTime(began), timeProvider.GetUtcNow() - eventTime);
    }

    private static Dictionary<string, object> ScopeOf(MessageCircumstances circumstances)
    {
        var scope = new Dictionary<string, object>(StringComparer.Ordinal);
        Add("CorrelationId", circumstances.CorrelationId);
        Add("EventId", circumstances.EventId);
        Add("Stream", circumstances.Stream);
        return scope;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                scope[name] = value;
            }
        }
    }
}
