using System.Reflection;
using Azure.Messaging.ServiceBus;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Delivery;

/// <summary>A function that a subscription or a queue triggers, called as the host calls it.</summary>
/// <param name="Topic">The topic, or the queue.</param>
/// <param name="Subscription">The function's name, which is the subscription's where there is one.</param>
/// <param name="IsQueue">Whether it is a queue.</param>
/// <param name="Method">The function.</param>
internal sealed record Subscriber(string Topic, string Subscription, bool IsQueue, MethodInfo Method)
{
    /// <summary>Every such function of the app, so that a new one is in every test of all of them.</summary>
    public static IReadOnlyList<Subscriber> All { get; } =
    [
        .. from type in typeof(OrderSaga).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<ServiceBusTriggerAttribute>()
           where trigger is not null
           let function = method.GetCustomAttribute<FunctionAttribute>()!.Name
           orderby trigger.TopicName ?? trigger.QueueName, function
           select new Subscriber(trigger.TopicName ?? trigger.QueueName!, function, trigger.QueueName is not null, method),
    ];

    /// <summary>Hands a message to the function.</summary>
    /// <exception cref="NotSupportedException">The function has a parameter that this does not know: teach it here.</exception>
    public async Task HandleAsync(
        IServiceProvider services, ServiceBusReceivedMessage message, ServiceBusMessageActions actions, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var arguments = Method.GetParameters().Select(object (p) => p.ParameterType switch
        {
            var t when t == typeof(ServiceBusReceivedMessage) => message,
            var t when t == typeof(ServiceBusMessageActions) => actions,
            var t when t == typeof(DurableTaskClient) => client,
            var t when t == typeof(CancellationToken) => cancellationToken,
            var other => throw new NotSupportedException($"{Subscription} takes a {other.Name}, which the tests of all handlers do not know how to give."),
        }).ToArray();
        await using var scope = services.CreateAsyncScope();
        var function = ActivatorUtilities.CreateInstance(scope.ServiceProvider, Method.DeclaringType!);
        await (Task)Method.Invoke(function, arguments)!;
    }
}
