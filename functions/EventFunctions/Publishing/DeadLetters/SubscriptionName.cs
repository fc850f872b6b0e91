using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>A subscription of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Subscription">The subscription, called like the function that it triggers.</param>
public sealed record SubscriptionName(string Topic, string Subscription)
{
    /// <summary>The subscriptions that trigger this app's functions, by topic and name; a test holds them against infra/messaging.json.</summary>
    public static IReadOnlyList<SubscriptionName> All { get; } =
    [
        .. from type in typeof(SubscriptionName).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<ServiceBusTriggerAttribute>()
           where trigger is { TopicName: not null, SubscriptionName: not null }
           let name = new SubscriptionName(trigger.TopicName!, trigger.SubscriptionName!)
           orderby name.Topic, name.Subscription
           select name,
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Topic}/{Subscription}";
}
