using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>The channels: a topic with all its events, and each of its subscriptions with those that its rules let through.</summary>
internal static class AsyncApiChannels
{
    /// <summary>All channels.</summary>
    public static JsonObject Of(CatalogSources sources, PublishedCatalog catalog)
    {
        var channels = new JsonObject();
        foreach (var topic in sources.Topology.Topics)
        {
            channels[topic.Name] = TopicOf(sources, catalog, topic);
            foreach (var subscription in topic.Subscriptions)
            {
                channels[IdOf(topic, subscription)] = SubscriptionOf(sources, topic, subscription);
            }
        }

        return channels;
    }

    /// <summary>The id of a subscription's channel.</summary>
    public static string IdOf(TopicDefinition topic, SubscriptionDefinition subscription) => $"{topic.Name}.{subscription.Name}";

    /// <summary>The events of a topic.</summary>
    public static IEnumerable<PublishedEvent> EventsOf(CatalogSources sources, TopicDefinition topic) => sources.Events.Where(e => e.Topic == topic.Name);

    /// <summary>The events that a subscription gets.</summary>
    public static IEnumerable<PublishedEvent> EventsOf(CatalogSources sources, TopicDefinition topic, SubscriptionDefinition subscription) =>
        EventsOf(sources, topic).Where(e => e.Subscriptions.Contains(subscription.Name));

    private static JsonObject TopicOf(CatalogSources sources, PublishedCatalog catalog, TopicDefinition topic) => new()
    {
        ["address"] = topic.Name,
        ["title"] = $"Topic {topic.Name}",
        ["summary"] = $"The events of {string.Join(" and ", catalog.Events.Where(e => e.Topic == topic.Name).Select(e => e.Context).Distinct(StringComparer.Ordinal))}.",
        ["messages"] = Messages(EventsOf(sources, topic)),
    };

    private static JsonObject SubscriptionOf(CatalogSources sources, TopicDefinition topic, SubscriptionDefinition subscription) => new()
    {
        ["address"] = $"{topic.Name}/subscriptions/{subscription.Name}",
        ["title"] = $"Subscription {subscription.Name} of {topic.Name}",
        ["summary"] = string.Join(" Or: ", subscription.Rules.Select(RuleOf)),
        ["messages"] = Messages(EventsOf(sources, topic, subscription)),
        ["x-requires-session"] = subscription.RequiresSession,
    };

    private static string RuleOf(RuleDefinition rule) => rule.Filter switch
    {
        FilterDefinition.Sql { SqlExpression: "1=1" } => "Everything.",
        FilterDefinition.Sql sql => $"Where {sql.SqlExpression}.",
        FilterDefinition.Correlation correlation =>
            $"Where {string.Join(" and ", correlation.SystemProperties.Select(p => $"{p.Key} is {p.Value}").Concat(correlation.Properties.Select(p => $"{p.Key} is {p.Value}")))}.",
        _ => throw new CatalogException($"Rule '{rule.Name}' has a filter of an unknown kind. Say in {nameof(AsyncApiChannels)} how it reads."),
    };

    private static JsonObject Messages(IEnumerable<PublishedEvent> events) => new(events.Select(
        e => KeyValuePair.Create(e.Sample.Key, (JsonNode?)AsyncApiDocument.Reference("components", "messages", e.Sample.Key))));
}
