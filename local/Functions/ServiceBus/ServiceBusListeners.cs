using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Makes the listener a Service Bus trigger asks for, with host.json's options.</summary>
internal static class ServiceBusListeners
{
    public static ITriggerListener Create(Function function, Trigger.ServiceBus trigger, IServiceProvider services)
    {
        var client = services.GetRequiredService<ServiceBusClient>();
        var host = services.GetRequiredService<HostConfiguration>().ServiceBus;
        var signals = services.GetRequiredService<StopSignals>();
        var invoker = new MessageInvoker(services.GetRequiredService<FunctionInvoker>(), signals);
        var probe = new EntityProbe(function, trigger, client);
        return trigger switch
        {
            { Batched: true } => new BatchListener(
                function, probe, trigger, client, host, invoker, signals, services.GetRequiredService<ILogger<BatchListener>>()),
            { Sessions: true } => new SessionListener(
                function,
                probe,
                CreateSessionProcessor(client, trigger, host),
                invoker,
                services.GetRequiredService<ILogger<SessionListener>>()),
            _ => new MessageListener(
                function, probe, CreateProcessor(client, trigger, host), invoker, services.GetRequiredService<ILogger<MessageListener>>()),
        };
    }

    /// <summary>Messages are abandoned when a function throws, and completed when it returns if the trigger says so.</summary>
    private static ServiceBusProcessor CreateProcessor(ServiceBusClient client, Trigger.ServiceBus trigger, ServiceBusHostOptions host)
    {
        var options = new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = trigger.AutoComplete,
            PrefetchCount = host.PrefetchCount,
            MaxConcurrentCalls = host.MaxConcurrentCalls,
            MaxAutoLockRenewalDuration = host.MaxAutoLockRenewalDuration,
        };
        return trigger.Subscription is { } subscription
            ? client.CreateProcessor(trigger.Entity, subscription, options)
            : client.CreateProcessor(trigger.Entity, options);
    }

    private static ServiceBusSessionProcessor CreateSessionProcessor(
        ServiceBusClient client, Trigger.ServiceBus trigger, ServiceBusHostOptions host)
    {
        var options = new ServiceBusSessionProcessorOptions
        {
            AutoCompleteMessages = trigger.AutoComplete,
            PrefetchCount = host.PrefetchCount,
            MaxConcurrentSessions = host.MaxConcurrentSessions,
            MaxConcurrentCallsPerSession = 1,
            MaxAutoLockRenewalDuration = host.MaxAutoLockRenewalDuration,
            SessionIdleTimeout = host.SessionIdleTimeout,
        };
        return trigger.Subscription is { } subscription
            ? client.CreateSessionProcessor(trigger.Entity, subscription, options)
            : client.CreateSessionProcessor(trigger.Entity, options);
    }
}
