using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Ordering;
using EventFunctions.Publishing;

namespace EventFunctions.CatalogGenerator.Sources;

/// <summary>An event with the message that publishes it, and the subscriptions whose rules let that message through.</summary>
/// <param name="Sample">The event.</param>
/// <param name="Topic">The topic it is sent to.</param>
/// <param name="Message">The message.</param>
/// <param name="Subscriptions">The subscriptions of the topic that get it, in the order of their declaration.</param>
internal sealed record PublishedEvent(SampleEvent Sample, string Topic, ServiceBusMessage Message, IReadOnlyList<string> Subscriptions)
{
    /// <summary>What rules tell apart beside the events themselves: who leads the order. An event is consumed where it is under any of them.</summary>
    private static readonly string[] Processes = [OrderProcess.Saga, OrderProcess.Choreography];

    /// <summary>
    /// Sends every example through the app's own mapper to a broker with the declared topology, and looks where it arrives: so
    /// the rules are not read a second time here, with a meaning of their own.
    /// </summary>
    /// <exception cref="CatalogException">The app would not publish an example.</exception>
    public static async Task<IReadOnlyList<PublishedEvent>> SendAsync(
        IReadOnlyList<SampleEvent> samples, EventTypeRegistry registry, MessagingTopology topology, CancellationToken cancellationToken)
    {
        var mapper = new EventMessageMapper(new EventSerializer(registry));
        await using var broker = new ServiceBusBroker(topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        var published = new List<PublishedEvent>();
        foreach (var sample in samples)
        {
            var (topic, message) = Map(mapper, sample);
            var subscriptions = SubscriptionsOf(topology, topic, sample);
            var before = subscriptions.ToDictionary(s => s, s => broker.GetCounts(topic, s).Active, StringComparer.Ordinal);
            await using var sender = client.CreateSender(topic);
            await sender.SendMessageAsync(message, cancellationToken);
            foreach (var process in Processes)
            {
                await sender.SendMessageAsync(LedBy(message, process), cancellationToken);
            }

            published.Add(new PublishedEvent(
                sample, topic, message, [.. subscriptions.Where(s => broker.GetCounts(topic, s).Active > before[s])]));
        }

        return published;
    }

    /// <summary>The same message as it is where a process leads; the id is its own, so that it is no duplicate to the broker.</summary>
    private static ServiceBusMessage LedBy(ServiceBusMessage message, string process)
    {
        var led = new ServiceBusMessage(message.Body)
        {
            MessageId = $"{message.MessageId}-{process}",
            SessionId = message.SessionId,
            Subject = message.Subject,
            CorrelationId = message.CorrelationId,
            ContentType = message.ContentType,
        };
        foreach (var (name, value) in message.ApplicationProperties)
        {
            led.ApplicationProperties[name] = value;
        }

        led.ApplicationProperties[EventMessageMapper.ProcessProperty] = process;
        return led;
    }

    private static (string Topic, ServiceBusMessage Message) Map(EventMessageMapper mapper, SampleEvent sample) =>
        mapper.Map(JsonSerializer.SerializeToElement(sample.Document, EventJson.Options)) switch
        {
            RelayedDocument.Publishable publishable => (publishable.Topic, publishable.Message),
            RelayedDocument.Unpublishable refused => throw new CatalogException($"{sample.Key} would not be published ({refused.Code}): {refused.Reason}"),
            _ => throw new CatalogException($"{sample.Key} is not taken for an event."),
        };

    private static IReadOnlyList<string> SubscriptionsOf(MessagingTopology topology, string topic, SampleEvent sample) =>
        topology.Topics.SingleOrDefault(t => t.Name == topic) is { } declared
            ? [.. declared.Subscriptions.Select(s => s.Name)]
            : throw new CatalogException($"{sample.Key} is published on '{topic}', which infra/messaging.json does not declare.");
}
