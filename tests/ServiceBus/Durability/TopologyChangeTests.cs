using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>A topology file that was changed while messages exist is taken on, or refused by its place.</summary>
public sealed class TopologyChangeTests
{
    private const string Before = """
        { "topics": [ { "name": "t", "subscriptions": [ { "name": "s", "rules": [
            { "name": "r", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "1=1" } } ] }, { "name": "other" } ] } ],
          "queues": [ { "name": "q" }, { "name": "u" } ] }
        """;

    private readonly SimulatedDisk _disk = new(new Random(1));
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task What_is_new_is_made_what_is_changed_is_taken_and_messages_stay()
    {
        await FillAsync();

        await using var broker = await OpenAsync("""
            { "topics": [ { "name": "t", "subscriptions": [ { "name": "s", "maxDeliveryCount": 3, "rules": [
                { "name": "n", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "1=0" } } ] }, { "name": "other" }, { "name": "new" } ] } ],
              "queues": [ { "name": "Q", "lockDuration": "PT10S" }, { "name": "u" }, { "name": "added" } ] }
            """);

        Assert.Equal(("q", TimeSpan.FromSeconds(10)), (broker.Catalogue.GetQueue("q")!.Definition.Name, broker.FindQueue("q")!.Settings.LockDuration));
        Assert.Equal(1, broker.GetCounts("q").Active);
        Assert.Equal(["n"], broker.Catalogue.GetRules("t", "s", 0, 10)!.Select(r => r.Name));
        await broker.FindTarget("t")!.SendAsync([new BrokerMessage()], default);
        Assert.Equal((1, 2, 1), (broker.GetCounts("t", "s").Active, broker.GetCounts("t", "other").Active, broker.GetCounts("t", "new").Active));
        Assert.NotNull(broker.FindTarget("added"));
    }

    [Fact]
    public async Task What_is_no_longer_declared_goes_if_it_is_empty_and_what_the_administration_made_stays()
    {
        await FillAsync();

        await using var broker = await OpenAsync("""{ "topics": [ { "name": "t", "subscriptions": [ { "name": "s" }, { "name": "other" } ] } ], "queues": [ { "name": "q" } ] }""");

        Assert.Null(broker.FindTarget("u"));
        Assert.NotNull(broker.FindTarget("made"));
        Assert.NotNull(broker.FindQueue("t/Subscriptions/made"));
    }

    [Theory]
    [InlineData("""{ "topics": [ { "name": "t", "subscriptions": [ { "name": "s" }, { "name": "other" } ] } ], "queues": [ { "name": "u" } ] }""", "$.queues", "1 messages")]
    [InlineData("""{ "topics": [ { "name": "t", "subscriptions": [ { "name": "s" } ] } ], "queues": [ { "name": "q" }, { "name": "u" } ] }""", "$.topics[0].subscriptions", "1 messages")]
    [InlineData("""{ "queues": [ { "name": "q" }, { "name": "u" } ] }""", "$.topics", "messages")]
    [InlineData("""{ "topics": [ { "name": "t", "requiresDuplicateDetection": true } ] }""", "$.topics[0].requiresDuplicateDetection", "false")]
    [InlineData("""{ "topics": [ { "name": "t", "subscriptions": [ { "name": "s", "requiresSession": true } ] } ] }""", "$.topics[0].subscriptions[0].requiresSession", "false")]
    [InlineData("""{ "queues": [ { "name": "x" }, { "name": "q", "requiresSession": true } ] }""", "$.queues[1].requiresSession", "false")]
    [InlineData("""{ "queues": [ { "name": "q", "requiresDuplicateDetection": true } ] }""", "$.queues[0].requiresDuplicateDetection", "false")]
    [InlineData("""{ "queues": [ { "name": "t" } ] }""", "$.queues[0].name", "topic")]
    [InlineData("""{ "topics": [ { "name": "q" } ] }""", "$.topics[0].name", "queue")]
    public async Task What_would_lose_messages_is_refused_and_changes_nothing(string topology, string path, string why)
    {
        await FillAsync();

        var refused = await Assert.ThrowsAsync<MessagingTopologyException>(() => OpenAsync(topology));

        Assert.Equal(path, refused.Path);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        await using var broker = await OpenAsync(Before);
        Assert.Equal((1, 1, 1), (broker.GetCounts("q").Active, broker.GetCounts("t", "s").Active, broker.GetCounts("t", "other").Active));
    }

    [Fact]
    public async Task An_unchanged_topology_changes_nothing()
    {
        await FillAsync();
        DateTimeOffset updated;
        await using (var broker = await OpenAsync(Before))
        {
            updated = broker.Catalogue.GetQueue("q")!.UpdatedAt;
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await using var again = await OpenAsync(Before);

        Assert.Equal(updated, again.Catalogue.GetQueue("q")!.UpdatedAt);
        Assert.Equal(updated, again.Catalogue.GetSubscription("t", "s")!.UpdatedAt);
    }

    private async Task FillAsync()
    {
        await using var broker = await OpenAsync(Before);
        await broker.FindTarget("q")!.SendAsync([new BrokerMessage()], default);
        await broker.FindTarget("t")!.SendAsync([new BrokerMessage()], default);
        await broker.Catalogue.CreateQueueAsync(new QueueDefinition { Name = "made" }, default);
        await broker.Catalogue.CreateSubscriptionAsync("t", new SubscriptionDefinition { Name = "made", Rules = [] }, default);
    }

    private Task<ServiceBusBroker> OpenAsync(string topology) => ServiceBusBroker.OpenAsync(
        MessagingTopology.Parse(topology), _clock, _disk.Open(), new JournalOptions(), null, CancellationToken.None);
}
