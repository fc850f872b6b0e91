using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Inventory.Views;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Rebuilding;

/// <summary>How fast a projection is rebuilt, against reading the same change feed with the bare SDK and doing nothing with it.</summary>
internal sealed class RebuildRatio : IBenchmark
{
    private const int Streams = 2000;
    private const int Rounds = 5;
    private const int EventsPerStep = 10_000;

    public string Name => "rebuild-ratio";

    public string Description => "The replay of a projection into a new generation of views against reading the change feed with the bare SDK.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        using var client = new CosmosClient(
            endpoint.ConnectionString, EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "EventFunctions.Benchmarks"));
        Database database = await client.CreateDatabaseIfNotExistsAsync("benchmarks", cancellationToken: cancellationToken);
        Container events = await database.CreateContainerIfNotExistsAsync("events", "/stream", cancellationToken: cancellationToken);
        Container container = await database.CreateContainerIfNotExistsAsync("views", "/partition", cancellationToken: cancellationToken);
        var serializer = new EventSerializer(EventTypeRegistry.FromAssemblies(typeof(StockItem).Assembly));
        var count = await new StockHistory(new CosmosEventStore(events, serializer)).FillAsync((int)Math.Max(50, Streams * scale), cancellationToken);

        var feed = new CosmosEventFeed(events, serializer);
        var views = new CosmosViewStore(container);
        var replay = new RangeReplay(feed, new GenerationRegister(views, TimeProvider.System), views, TimeProvider.System);
        var definition = new StreamProjectionDefinition<StockView>(new StockViewProjection(), StockItem.Category, new CosmosEventStore(events, serializer));
        var (bare, writer, streams) = (new BareReader(events), new BareWriter(container), (int)Math.Max(50, Streams * scale));
        var rounds = new List<Round>();
        for (var round = 0; round <= Rounds; round++)
        {
            var raw = await TimeAsync(() => bare.ReadBytesAsync(cancellationToken), count);
            var parsed = await TimeAsync(() => bare.ReadItemsAsync(cancellationToken), count);
            var generation = round + 2;
            var writes = await TimeAsync(() => writer.CreateAsync($"bare-{generation}", streams, cancellationToken), streams);
            var read = await TimeAsync(() => ReadAsync(feed, definition.Categories, cancellationToken), count);
            var rebuilt = await TimeAsync(() => RebuildAsync(feed, replay, definition, generation, cancellationToken), count);

            // The first round warms up.
            if (round > 0)
            {
                rounds.Add(new Round(raw, parsed, writes, read, rebuilt));
            }
        }

        return Tell(rounds, count);
    }

    private static async Task<long> RebuildAsync(
        CosmosEventFeed feed, RangeReplay replay, IProjectionDefinition definition, int generation, CancellationToken cancellationToken)
    {
        var ranges = await feed.ListRangesAsync(cancellationToken);
        var counts = await Task.WhenAll(ranges.Select(async range =>
        {
            var count = 0L;
            RangeStep? step = null;
            do
            {
                step = await replay.RunAsync(definition, generation, range, step?.Continuation, EventsPerStep, cancellationToken);
                count += step.EventsRead;
            }
            while (!step.IsCaughtUp);
            return count;
        }));
        return counts.Sum();
    }

    private static async Task<long> ReadAsync(CosmosEventFeed feed, IReadOnlySet<string> categories, CancellationToken cancellationToken)
    {
        var ranges = await feed.ListRangesAsync(cancellationToken);
        var counts = await Task.WhenAll(ranges.Select(async range =>
        {
            var count = 0L;
            EventFeedPage? page = null;
            do
            {
                page = await feed.ReadAsync(new EventFeedRequest(range, page?.Continuation, EventsPerStep, categories), cancellationToken);
                count += page.Events.Count;
            }
            while (!page.IsCaughtUp);
            return count;
        }));
        return counts.Sum();
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task<long>> work, long expected)
    {
        var began = TimeProvider.System.GetTimestamp();
        var count = await work();
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        return count == expected ? elapsed : throw new InvalidOperationException($"{count} events were seen of {expected}.");
    }

    private List<Figure> Tell(List<Round> rounds, long count) =>
    [
        Rate("rebuild (read, fold, write each view once per step)", round => round.Rebuild, rounds, count),
        Rate("reading typed events through the feed", round => round.Feed, rounds, count),
        Rate("bare SDK, items as JsonElement", round => round.BareItems, rounds, count),
        Rate("bare SDK, bytes", round => round.BareBytes, rounds, count),
        new(Name, "rebuild rate / bare SDK reading items", new Samples(rounds.Select(r => r.BareItems / r.Rebuild)).Median, "x", rounds.Count, ">= 0.5"),
        new(
            Name,
            "rebuild rate / bare SDK reading items and writing as many views",
            new Samples(rounds.Select(r => (r.BareItems + r.BareWrites) / r.Rebuild)).Median,
            "x",
            rounds.Count),
        new(Name, "feed rate / bare SDK reading items", new Samples(rounds.Select(r => r.BareItems / r.Feed)).Median, "x", rounds.Count),
        new(Name, "rebuild rate / bare SDK reading bytes", new Samples(rounds.Select(r => r.BareBytes / r.Rebuild)).Median, "x", rounds.Count),
    ];

    private Figure Rate(string what, Func<Round, TimeSpan> time, List<Round> rounds, long count) =>
        new(Name, what, new Samples(rounds.Select(round => count / time(round).TotalSeconds)).Median, "events/s", rounds.Count);

    private sealed record Round(TimeSpan BareBytes, TimeSpan BareItems, TimeSpan BareWrites, TimeSpan Feed, TimeSpan Rebuild);
}
