using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Publishing;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>The operations: the relay sends to every topic, and each subscribing function receives.</summary>
internal static class AsyncApiOperations
{
    /// <summary>All operations.</summary>
    public static JsonObject Of(CatalogSources sources, PublishedCatalog catalog)
    {
        var operations = new JsonObject();
        foreach (var topic in sources.Topology.Topics)
        {
            operations[$"{nameof(EventRelay)}.{topic.Name}"] = Operation(
                "send", topic.Name, $"{nameof(EventRelay)} sends to {topic.Name}", sources.Texts.OfType(typeof(EventRelay)), AsyncApiChannels.EventsOf(sources, topic));
        }

        foreach (var topic in sources.Topology.Topics)
        {
            foreach (var subscription in topic.Subscriptions)
            {
                var subscriber = SubscriberOf(sources, topic, subscription);
                operations[subscriber.Function] = Operation(
                    "receive",
                    AsyncApiChannels.IdOf(topic, subscription),
                    subscriber.Function,
                    subscriber.Description,
                    AsyncApiChannels.EventsOf(sources, topic, subscription));
            }
        }

        return operations;
    }

    private static Subscriber SubscriberOf(CatalogSources sources, TopicDefinition topic, SubscriptionDefinition subscription) =>
        sources.Subscribers.Single(s => s.Topic == topic.Name && s.Subscription == subscription.Name);

    private static JsonObject Operation(string action, string channel, string title, string? summary, IEnumerable<PublishedEvent> events) => new()
    {
        ["action"] = action,
        ["channel"] = AsyncApiDocument.Reference("channels", channel),
        ["title"] = title,
        ["summary"] = summary,
        ["messages"] = new JsonArray([.. events.Select(e => AsyncApiDocument.Reference("channels", channel, "messages", e.Sample.Key))]),
    };
}
