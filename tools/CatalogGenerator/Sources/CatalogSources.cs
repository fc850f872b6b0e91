using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Publishing;

namespace EventFunctions.CatalogGenerator.Sources;

/// <summary>All that the catalogue is made from, read and run.</summary>
/// <param name="Texts">What the code says about itself.</param>
/// <param name="Schemas">The schemas of events.</param>
/// <param name="Topology">The topics, subscriptions and rules.</param>
/// <param name="Subscribers">The functions behind the subscriptions.</param>
/// <param name="Events">Every version of every event, published, ordered by name and version.</param>
internal sealed record CatalogSources(
    ISchemaTexts Texts,
    EventSchemas Schemas,
    MessagingTopology Topology,
    IReadOnlyList<Subscriber> Subscribers,
    IReadOnlyList<PublishedEvent> Events)
{
    /// <summary>How the ids of the schemas begin.</summary>
    public const string SchemaIdPrefix = "urn:eventfunctions:events";

    /// <summary>Reads them.</summary>
    /// <exception cref="CatalogException">Something is missing or contradicts itself.</exception>
    public static async Task<CatalogSources> LoadAsync(Repository repository, CancellationToken cancellationToken)
    {
        var (app, domain, kernel) = (typeof(EventRelay).Assembly, typeof(Order).Assembly, typeof(EventDocument).Assembly);
        var texts = XmlDocumentation.Of(app, domain, kernel);
        var registry = EventTypeRegistry.FromAssemblies(domain);
        var topology = MessagingTopology.Load(repository.Messaging);
        var subscribers = Subscriber.In(app, texts);
        CheckAgainst(topology, subscribers);
        var samples = registry.Versions
            .Select(v => SampleEvent.Read(repository.Examples, v, EventOrigin.Of(registry.Get(v.Name, v.SchemaVersion).ClrType)))
            .ToList();
        return new CatalogSources(
            texts,
            new EventSchemas(texts, SchemaIdPrefix),
            topology,
            subscribers,
            await PublishedEvent.SendAsync(samples, registry, topology, cancellationToken));
    }

    private static void CheckAgainst(MessagingTopology topology, IReadOnlyList<Subscriber> subscribers)
    {
        var declared = topology.Topics.SelectMany(t => t.Subscriptions.Select(s => (Topic: t.Name, Subscription: s.Name))).ToHashSet();
        var served = subscribers.Select(s => (s.Topic, s.Subscription)).ToHashSet();
        declared.SymmetricExceptWith(served);
        if (declared.Count > 0)
        {
            throw new CatalogException(
                $"These subscriptions have no function, or no declaration in infra/messaging.json: {string.Join(", ", declared.Select(d => $"{d.Topic}/{d.Subscription}"))}.");
        }
    }
}
