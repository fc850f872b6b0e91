using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

/// <summary>What reading the past costs: the tenth page as much as the first, and nothing for what comes after a moment.</summary>
[Collection(nameof(CosmosCollection))]
public sealed class ReadingCostTests
{
    private const int PageSize = 20;
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly RequestLog _log = new();
    private readonly RequestBill _bill = new();
    private readonly CosmosEventStore _store;
    private readonly CosmosEventQueries _queries;
    private readonly StreamName _stream = NewStream();

    public ReadingCostTests(CosmosFixture cosmos)
    {
        var client = cosmos.Client(_log, _bill);
        _store = cosmos.EventStore(client);
        _queries = new CosmosEventQueries(client.GetContainer(CosmosFixture.Database, cosmos.Events.Id), Serializer, Registry);
    }

    [Fact]
    public async Task A_page_forward_is_one_query_wherever_it_lies()
    {
        await FillAsync(_stream, 396);

        foreach (long from in new[] { 1, 100, 256, 300, 390 })
        {
            await new StreamPages(_store).ReadAsync(_stream, ReadDirection.Forward, from, new EventPageRequest(EventPage.MaxSize));
            Assert.Equal(["query"], _log.Take());
        }
    }

    [Fact]
    public async Task A_late_page_of_a_long_stream_costs_what_the_first_does()
    {
        await FillAsync(_stream, 2000);
        var charges = new List<double>();
        string? continuation = null;
        do
        {
            _bill.Take();
            var page = await new StreamPages(_store).ReadAsync(_stream, ReadDirection.Forward, null, new EventPageRequest(100, continuation));
            charges.Add(_bill.Take().Charge);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(20, charges.Count);
        Assert.True(charges.TrueForAll(charge => charge <= charges[0] * 1.1), string.Join(' ', charges));
    }

    [Fact]
    public async Task A_page_backward_is_one_point_read_and_one_query_wherever_it_lies()
    {
        await FillAsync(_stream, 396);

        foreach (long? from in new long?[] { null, 1, 200, 256, 300 })
        {
            await new StreamPages(_store).ReadAsync(_stream, ReadDirection.Backward, from, new EventPageRequest(EventPage.MaxSize));
            Assert.Equal(["read", "query"], _log.Take());
        }
    }

    [Fact]
    public async Task A_moment_is_one_point_read_and_a_query_for_each_window_up_to_it()
    {
        await FillAsync(_stream, 594);
        var past = new PastReader(_store);

        foreach (var (moment, queries) in new (Moment, int)[]
        {
            (new Moment.AtVersion(1), 1),
            (new Moment.AtVersion(256), 1),
            (new Moment.AtVersion(257), 2),
            (new Moment.AtTime(Origin.AddSeconds(200)), 1),
            (new Moment.AtTime(Origin.AddSeconds(594)), 3),
            (new Moment.AtVersion(595), 0),
        })
        {
            await past.ViewAsync(_stream, new WalletProjection(), moment);
            Assert.Equal(["read", .. Enumerable.Repeat("query", queries)], _log.Take());
        }

        await new PastReader(_store, maxEvents: 100).ViewAsync(_stream, new WalletProjection(), new Moment.AtVersion(101));
        Assert.Equal(["read"], _log.Take());
    }

    [Fact]
    public async Task The_state_at_a_snapshot_is_one_point_read()
    {
        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[50]));
        _log.Take();

        Assert.IsType<Past<Wallet>.Found>(await new PastReader(_store).StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtVersion(50)));
        Assert.Equal(["read"], _log.Take());
    }

    [Theory]
    [InlineData(TimeOrder.OldestFirst)]
    [InlineData(TimeOrder.NewestFirst)]
    public async Task A_late_page_of_a_query_costs_what_an_early_one_does(TimeOrder order)
    {
        var correlation = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 8; i++)
        {
            await FillAsync(NewStream(), 50, correlation);
        }

        var query = new EventQuery { CorrelationId = correlation, Order = order };
        var bills = new List<(int Requests, double Charge)>();
        var found = 0;
        string? continuation = null;
        do
        {
            _bill.Take();
            var page = await _queries.QueryAsync(query, new EventPageRequest(PageSize, continuation));
            bills.Add(_bill.Take());
            found += page.Events.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(400, found);
        Assert.True(bills.Count is >= 20 and <= 30, $"{bills.Count} pages");

        // Every page asks each key range once, and is read from where the page before ended in it.
        Assert.True(
            bills.TrueForAll(bill => bill.Requests <= bills[0].Requests && bill.Charge <= bills[0].Charge * 1.1), string.Join(' ', bills));
    }

    private async Task FillAsync(StreamName stream, int events, string correlation = "filled")
    {
        for (var version = 0; version < events;)
        {
            var count = Math.Min(99, events - version);
            var batch = Enumerable.Range(version + 1, count).Select(v => Envelope(stream, v, new WalletEvent.Added(1), Origin.AddSeconds(v)))
                .Select(e => e with { Metadata = e.Metadata with { CorrelationId = correlation } }).ToList();
            Assert.IsType<AppendResult.Appended>(
                await _store.AppendAsync(new StreamAppend(stream, await _store.LoadHeadAsync(stream), batch, null, [])));
            version += count;
        }

        _log.Take();
        _bill.Take();
    }
}
