using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Turns trigger attributes into triggers.</summary>
internal static class TriggerReader
{
    /// <summary>Reads a trigger; null where its kind is not known or it can't be built, which is then reported.</summary>
    public static Trigger? Read(TriggerBindingAttribute attribute, string function, FunctionSettings settings, HostConfiguration host)
    {
        switch (attribute)
        {
            case HttpTriggerAttribute http:
                return ReadHttp(http, function, settings);
            case ServiceBusTriggerAttribute serviceBus:
                return ReadServiceBus(serviceBus, settings, host);
            case CosmosDBTriggerAttribute cosmos:
                return CosmosTriggerReader.Read(cosmos, settings);
            case TimerTriggerAttribute timer:
                return ReadTimer(timer, settings);
            case OrchestrationTriggerAttribute orchestration:
                return new Trigger.Orchestration(orchestration.Orchestration ?? function);
            case ActivityTriggerAttribute activity:
                return new Trigger.Activity(activity.Activity ?? function);
            default:
                settings.Problem(
                    $"trigger {attribute.GetType().Name} is not supported locally. Use an HTTP, Service Bus, Cosmos DB, timer, "
                    + "orchestration or activity trigger.");
                return null;
        }
    }

    private static Trigger.Http ReadHttp(HttpTriggerAttribute attribute, string function, FunctionSettings settings)
    {
        var route = attribute.Route is null ? function : settings.Resolve(attribute.Route, "the route");
        return new Trigger.Http(
            route.TrimStart('/'),
            [.. (attribute.Methods ?? []).Select(method => method.ToUpperInvariant()).Distinct(StringComparer.Ordinal)]);
    }

    private static Trigger.ServiceBus ReadServiceBus(
        ServiceBusTriggerAttribute attribute, FunctionSettings settings, HostConfiguration host)
    {
        settings.RequireConnection(attribute.Connection, "AzureWebJobsServiceBus");
        var entity = attribute.QueueName is { } queue
            ? settings.Resolve(queue, "the queue's name")
            : settings.Resolve(attribute.TopicName ?? string.Empty, "the topic's name");
        return new Trigger.ServiceBus(
            entity,
            settings.ResolveOptional(attribute.SubscriptionName, "the subscription's name"),
            attribute.IsSessionsEnabled,
            attribute.IsBatched,
            attribute.ConfiguredAutoComplete ?? host.ServiceBus.AutoCompleteMessages);
    }

    private static Trigger.Timer? ReadTimer(TimerTriggerAttribute attribute, FunctionSettings settings)
    {
        var expression = settings.Resolve(attribute.Schedule, "the schedule");
        if (Schedules.TryParse(expression, out var schedule))
        {
            return new Trigger.Timer(schedule, attribute.RunOnStartup, attribute.UseMonitor);
        }

        if (!expression.Contains('%'))
        {
            settings.Problem(
                $"'{expression}' is not a schedule. Write an NCRONTAB expression of five or six fields, or a time span hh:mm:ss.");
        }

        return null;
    }
}
