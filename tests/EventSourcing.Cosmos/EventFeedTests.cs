using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using Microsoft.Azure.Cosmos;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[Collection(nameof(CosmosCollection))]
public sealed class EventFeedTests(CosmosFixture cosmos)
{
    private readonly string _category = $"wallet{Guid.NewGuid():N}";

    [Fact]
    public async Task A_page_costs_one_request_and_the_ranges_none_per_page()
    {
        var log = new RequestLog();
        var feed = new CosmosEventFeed(cosmos.Client(log).GetContainer(CosmosFixture.Database, "events"), Serializer);
        await AppendAsync(new StreamName(_category, "1"), new WalletEvent.Added(1), new WalletEvent.Added(2));
        var ranges = await feed.ListRangesAsync();
        await feed.ReadAsync(Request(ranges[0]));
        log.Take();

        var page = await feed.ReadAsync(Request(ranges[1]));
        await feed.ReadAsync(Request(ranges[1], page.Continuation));

        Assert.Equal(["read", "read"], log.Take());
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_told_with_its_stream_and_version_and_the_others_are_read()
    {
        var (good, bad) = (new StreamName(_category, "good"), new StreamName(_category, "bad"));
        await AppendAsync(good, new WalletEvent.Added(1));
        await PutAsync(bad, 1, "of-nobody-known", """{"amount":1}""");
        await PutAsync(bad, 2, "money-taken", """{"amount":"much"}""");
        await AppendAsync(new StreamName(_category, "more"), new WalletEvent.Added(2));

        var (events, unreadable) = await DrainAsync();

        Assert.Equal([good.Value, new StreamName(_category, "more").Value], events.Select(e => e.Stream.Value).Order(StringComparer.Ordinal));
        Assert.Equal([(bad.Value, 1L), (bad.Value, 2L)], unreadable.Select(u => (u.Stream, u.Version)).Order());
        Assert.Contains("of-nobody-known", unreadable.Single(u => u.Version == 1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_event_is_passed_over()
    {
        var stream = new StreamName(_category, "1");
        await AppendAsync(stream, new WalletEvent.Added(1));
        await PutAsync(stream.Value, $$"""{"id":"note","stream":"{{stream}}","kind":"note"}""");
        await PutAsync(stream.Value, $$"""{"id":"odd","stream":"{{stream}}","kind":7}""");
        await PutAsync("no stream", """{"id":"odd","stream":"no stream","kind":"event"}""");

        var (events, unreadable) = await DrainAsync();

        Assert.Equal(1, Assert.Single(events).Version);
        Assert.Empty(unreadable);
    }

    private EventFeedRequest Request(string range, string? continuation = null) => new(range, continuation, 100, new HashSet<string> { _category });

    private async Task<(List<EventEnvelope> Events, List<StreamFailure> Unreadable)> DrainAsync()
    {
        var feed = new CosmosEventFeed(cosmos.Events, Serializer);
        var (events, unreadable) = (new List<EventEnvelope>(), new List<StreamFailure>());
        foreach (var range in await feed.ListRangesAsync())
        {
            EventFeedPage? page = null;
            do
            {
                page = await feed.ReadAsync(Request(range, page?.Continuation));
                events.AddRange(page.Events);
                unreadable.AddRange(page.Unreadable);
            }
            while (!page.IsCaughtUp);
        }

        return (events, unreadable);
    }

    private async Task AppendAsync(StreamName stream, params WalletEvent[] data)
    {
        var events = data.Select((d, i) => Envelope(stream, i + 1, d)).ToList();
        Assert.IsType<AppendResult.Appended>(await cosmos.EventStore().AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, [])));
    }

    private async Task PutAsync(StreamName stream, long version, string type, string data)
    {
        var document = new EventDocument(
            EventDocument.IdOf(version), stream.Value, EventDocument.EventKind, version, Guid.NewGuid(), type, 1, DateTimeOffset.UnixEpoch,
            System.Text.Json.JsonDocument.Parse(data).RootElement, new EventMetadata(Guid.NewGuid(), "correlation-1"));
        await cosmos.Events.CreateItemAsync(document, new PartitionKey(stream.Value));
    }

    private async Task PutAsync(string partition, string json)
    {
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        using var response = await cosmos.Events.CreateItemStreamAsync(body, new PartitionKey(partition));
        response.EnsureSuccessStatusCode();
    }
}
