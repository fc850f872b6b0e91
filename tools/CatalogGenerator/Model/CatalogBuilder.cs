using EventFunctions.CatalogGenerator.Sources;

namespace EventFunctions.CatalogGenerator.Model;

/// <summary>Puts together what is published about the events.</summary>
internal static class CatalogBuilder
{
    /// <summary>The catalogue.</summary>
    public static PublishedCatalog Build(CatalogSources sources) => new(
    [
        .. sources.Events.GroupBy(e => e.Sample.Version.Name, StringComparer.Ordinal)
            .Select(versions => EventOf(sources, [.. versions.OrderByDescending(v => v.Sample.Version.SchemaVersion)]))
            .OrderBy(e => e.Context, StringComparer.Ordinal)
            .ThenBy(e => e.Name, StringComparer.Ordinal),
    ]);

    private static CatalogEvent EventOf(CatalogSources sources, IReadOnlyList<PublishedEvent> versions)
    {
        var newest = versions[0].Sample.Version;
        var origin = EventOrigin.Of(newest.Shape);
        return new CatalogEvent(
            newest.Name,
            origin.Context,
            origin.Aggregate.Name,
            origin.Category,
            versions[0].Topic,
            TextOf(sources, newest.Shape),
            newest.Aliases,
            [.. origin.Commands.Select(c => new CatalogCommand(c.Name, TextOf(sources, c)))],
            [.. sources.Subscribers.Where(s => s.Topic == versions[0].Topic && versions.Any(v => v.Subscriptions.Contains(s.Subscription))).Select(ConsumerOf)],
            [.. versions.Select(v => VersionOf(sources, v.Sample))]);
    }

    private static CatalogConsumer ConsumerOf(Subscriber subscriber) =>
        new(subscriber.Function, subscriber.Subscription, subscriber.InOrder, subscriber.Description);

    private static CatalogVersion VersionOf(CatalogSources sources, SampleEvent sample) => new(
        sample.Version.SchemaVersion,
        sample.Version.IsNewest,
        sources.Schemas.IdOf(sample.Version),
        TextOf(sources, sample.Version.Shape),
        SchemaFields.Of(sources.Schemas.Of(sample.Version)),
        sample.Data.DeepClone().AsObject());

    private static string TextOf(CatalogSources sources, Type type) =>
        sources.Texts.OfType(type) ?? throw new CatalogException($"Nothing is written about {type.Name}. Give the type a summary.");
}
