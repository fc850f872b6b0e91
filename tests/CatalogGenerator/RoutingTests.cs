using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.CatalogGenerator.Tests;

/// <summary>Who consumes an event follows from what the broker does with its message.</summary>
public sealed class RoutingTests
{
    private const string Topology = """
        {"topics":[{"name":"ordering-events","subscriptions":[
            {"name":"All"},
            {"name":"ByLabel","rules":[{"name":"$Default","filterType":"CorrelationFilter","correlationFilter":{"label":"order-paid","properties":{}}}]},
            {"name":"ByVersion","rules":[{"name":"$Default","filterType":"SqlFilter","sqlFilter":{"sqlExpression":"sys.Label LIKE 'order-%' AND schemaVersion > 1"}}]},
            {"name":"ByNothing","rules":[{"name":"$Default","filterType":"SqlFilter","sqlFilter":{"sqlExpression":"tenant = 'acme'"}}]}]}],
         "queues":[]}
        """;

    private static readonly Repository Repository = Repository.Around(AppContext.BaseDirectory);
    private static readonly EventTypeRegistry Registry = EventTypeRegistry.FromAssemblies(typeof(Order).Assembly);

    [Fact]
    public async Task An_event_is_consumed_where_a_rule_lets_its_message_through()
    {
        var published = await PublishedEvent.SendAsync(SamplesOf("ordering"), Registry, MessagingTopology.Parse(Topology), CancellationToken.None);

        Assert.Equal(["All", "ByLabel"], published.Single(p => p.Sample.Key == "order-paid.v1").Subscriptions);
        Assert.Equal(["All", "ByVersion"], published.Single(p => p.Sample.Key == "order-placed.v2").Subscriptions);
        Assert.Equal(["All"], published.Single(p => p.Sample.Key == "order-placed.v1").Subscriptions);
        Assert.All(published, p => Assert.Equal("ordering-events", p.Topic));
        Assert.Equal(8, published.Count);
    }

    [Fact]
    public async Task An_event_that_nobody_gets_is_shown_as_such()
    {
        var sources = await CatalogSources.LoadAsync(Repository, CancellationToken.None);
        var alone = sources with { Events = [.. sources.Events.Select(e => e with { Subscriptions = [] })] };

        var catalog = CatalogBuilder.Build(alone);

        Assert.All(catalog.Events, e => Assert.Empty(e.ConsumedBy));
        var page = Pages.CatalogPage.Of(catalog, []);
        Assert.Contains("| `PayOrder` | nobody |", page, StringComparison.Ordinal);
        Assert.Contains("Consumed by nobody.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_is_not_declared_is_named()
    {
        var exception = await Assert.ThrowsAsync<CatalogException>(
            () => PublishedEvent.SendAsync(SamplesOf("payments"), Registry, MessagingTopology.Parse(Topology), CancellationToken.None));

        Assert.Contains("'payment-events'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_without_a_function_is_named()
    {
        var root = Directory.CreateTempSubdirectory("repository-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "infra"));
        File.WriteAllText(Path.Combine(root, "infra", "messaging.json"), Topology);

        var exception = await Assert.ThrowsAsync<CatalogException>(() => CatalogSources.LoadAsync(new Repository(root), CancellationToken.None));

        Assert.Contains("ordering-events/ByLabel", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ordering-events/ProjectOrderView", exception.Message, StringComparison.Ordinal);
        Directory.Delete(root, recursive: true);
    }

    private static IReadOnlyList<SampleEvent> SamplesOf(string category) =>
    [
        .. Registry.Versions
            .Select(v => (Version: v, Origin: EventOrigin.Of(Registry.Get(v.Name, v.SchemaVersion).ClrType)))
            .Where(v => v.Origin.Category == category)
            .Select(v => SampleEvent.Read(Repository.Examples, v.Version, v.Origin)),
    ];
}
