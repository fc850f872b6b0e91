using System.Reflection;
using EventFunctions.Local.Functions.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Which rules bind the parameters of a function, by its trigger. The first that applies wins.</summary>
internal static class ParameterRules
{
    public static IReadOnlyList<ParameterRule> For(Trigger trigger, IReadOnlyList<ParameterInfo> parameters) => trigger switch
    {
        Trigger.Http => [Context, Cancellation, DurableClient, HttpParameters.Request, HttpParameters.Body, HttpParameters.RouteOrQuery],
        Trigger.ServiceBus serviceBus =>
            [Context, Cancellation, DurableClient, MessageParameters.Trigger(serviceBus), MessageParameters.Actions(serviceBus), Metadata],
        Trigger.Cosmos => [Context, Cancellation, DurableClient, DocumentParameters.Trigger, Metadata],
        Trigger.Timer => [Context, Cancellation, DurableClient, TimerParameters.Trigger, Metadata],
        Trigger.Orchestration => [Context, Cancellation, DurableParameters.Orchestration, DurableParameters.OrchestrationInput(parameters)],
        Trigger.Activity => [Context, Cancellation, DurableClient, DurableParameters.Activity, Metadata],
        _ => throw new InvalidOperationException($"No rules are known for {trigger.GetType().Name}."),
    };

    /// <summary>What the trigger of a kind can be bound to, for an error message.</summary>
    public static string Remedy(Trigger trigger) => trigger switch
    {
        Trigger.Http =>
            "Take HttpRequest or HttpRequestData by the trigger, the body by [FromBody], and route or query values as simple types",
        Trigger.ServiceBus { Batched: true } =>
            "Take ServiceBusReceivedMessage[], string[], byte[][], BinaryData[] or an array of your type by the trigger",
        Trigger.ServiceBus => "Take ServiceBusReceivedMessage, string, byte[], BinaryData or your type by the trigger",
        Trigger.Cosmos => "Take IReadOnlyList<T>, T[] or string by the trigger",
        Trigger.Timer => "Take TimerInfo or string by the trigger",
        Trigger.Orchestration => "Take TaskOrchestrationContext by the trigger, and the input by one more parameter",
        _ => "Take the input by the trigger",
    };

    private static ParameterBinder? Context(ParameterInfo parameter, bool isTrigger) =>
        parameter.ParameterType == typeof(FunctionContext) ? static (context, _) => new(context) : null;

    private static ParameterBinder? Cancellation(ParameterInfo parameter, bool isTrigger) =>
        parameter.ParameterType == typeof(CancellationToken) ? static (context, _) => new(context.CancellationToken) : null;

    private static ParameterBinder? DurableClient(ParameterInfo parameter, bool isTrigger) =>
        parameter.ParameterType == typeof(DurableTaskClient) && parameter.IsDefined(typeof(DurableClientAttribute))
            ? static (context, _) => new(context.InstanceServices.GetRequiredService<DurableTaskClient>())
            : null;

    private static ParameterBinder? Metadata(ParameterInfo parameter, bool isTrigger) =>
        isTrigger ? null : MetadataParameters.ByName(parameter);
}
