using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Appending;

/// <summary>What the repository adds to the bare SDK: both write a head and an event of the same size, taking turns in one run.</summary>
internal sealed class AppendRatio : IBenchmark
{
    private const int Streams = 40;

    // As many as a head remembers: from then on it does not grow, and the bare writer's copy of one stays as large.
    private const int CommandsBefore = 64;
    private const int WarmUp = 400;
    private const int Rounds = 2000;

    public string Name => "append-ratio";

    public string Description => "An append through the repository against a bare two-item TransactionalBatch through the SDK.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        using var client = new CosmosClient(
            endpoint.ConnectionString, EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "EventFunctions.Benchmarks"));
        Database database = await client.CreateDatabaseIfNotExistsAsync("benchmarks", cancellationToken: cancellationToken);
        Container container = await database.CreateContainerIfNotExistsAsync("events", "/stream", cancellationToken: cancellationToken);

        var registry = EventTypeRegistry.FromAssemblies(typeof(StockItem).Assembly);
        var store = new CosmosEventStore(container, new EventSerializer(registry));
        var knowing = Repository(new AggregateRepositoryOptions());
        var forgetful = Repository(new AggregateRepositoryOptions { HeadCacheSize = 0 });
        var products = Enumerable.Range(0, Streams).Select(number => new ProductId($"bench-{number}")).ToList();
        foreach (var product in products.SelectMany(product => Enumerable.Repeat(product, CommandsBefore)))
        {
            await ReplenishAsync(knowing, product, cancellationToken);
        }

        var bare = await BareWriter.LikeAsync(container, StockItem.StreamOf(products[0]).Value, "inventory-bare", cancellationToken);
        await MeasureAsync(WarmUp);
        return Tell(await MeasureAsync(Math.Max(20, (int)(Rounds * scale))));

        AggregateRepository<StockItem, StockItemEvent> Repository(AggregateRepositoryOptions options) =>
            new(store, registry, options, TimeProvider.System);

        async Task<List<Round>> MeasureAsync(int count)
        {
            var measured = new List<Round>(count);
            for (var i = 0; i < count; i++)
            {
                // Each repository has streams of its own: one's write would make the other's known head an old one.
                var half = i % (Streams / 2);
                var (known, unknown) = (products[half], products[half + (Streams / 2)]);
                var round = new Round();

                // Who goes first changes, so that none profits from another's wake.
                for (var turn = 0; turn < 3; turn++)
                {
                    round = ((i + turn) % 3) switch
                    {
                        0 => round with { Known = await TimeAsync(() => ReplenishAsync(knowing, known, cancellationToken)) },
                        1 => round with { Unknown = await TimeAsync(() => ReplenishAsync(forgetful, unknown, cancellationToken)) },
                        _ => await MeasureBareAsync(round, bare, cancellationToken),
                    };
                }

                measured.Add(round);
            }

            return measured;
        }
    }

    private static async Task<Round> MeasureBareAsync(Round round, BareWriter bare, CancellationToken cancellationToken)
    {
        var read = await TimeAsync(() => bare.ReadHeadAsync(cancellationToken));
        var next = bare.NextEvent();
        return round with { BareRead = read, BareBatch = await TimeAsync(() => bare.WriteAsync(next, cancellationToken)) };
    }

    private static async Task ReplenishAsync(AggregateRepository<StockItem, StockItemEvent> repository, ProductId product, CancellationToken cancellationToken)
    {
        var command = new Replenish(product, new Quantity(1));
        var context = new CommandContext(new EventMetadata(Guid.NewGuid(), "benchmark", Source: "benchmark"));
        var result = await repository.ExecuteAsync(
            StockItem.StreamOf(product), context, state => StockItemDecider.Decide(state, command, TimeProvider.System.GetUtcNow()), cancellationToken);
        if (result is not CommandResult<StockItem>.Committed)
        {
            throw new InvalidOperationException($"The append was answered {result}.");
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began);
    }

    private List<Figure> Tell(List<Round> rounds)
    {
        return
        [
            Ratio("command, head known (decide, write) / bare batch", round => round.Known / round.BareBatch, "<= 1.3"),
            Ratio("command, head not known (load, decide, write) / bare batch", round => round.Unknown / round.BareBatch),
            Ratio("command, head not known / bare point read and bare batch", round => round.Unknown / (round.BareRead + round.BareBatch)),
            Median("command, head known, median", round => round.Known),
            Median("command, head not known, median", round => round.Unknown),
            Median("bare batch, median", round => round.BareBatch),
            Median("bare point read, median", round => round.BareRead),
        ];

        Figure Ratio(string what, Func<Round, double> value, string? aim = null) =>
            new(Name, what, new Samples(rounds.Select(value)).Median, "x", rounds.Count, aim);

        Figure Median(string what, Func<Round, TimeSpan> value) =>
            new(Name, what, new Samples(rounds.Select(round => value(round).TotalMicroseconds)).Median, "us", rounds.Count);
    }

    private sealed record Round(TimeSpan Known = default, TimeSpan Unknown = default, TimeSpan BareRead = default, TimeSpan BareBatch = default);
}
