using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;

namespace EventFunctions.Benchmarks.Streams;

/// <summary>What a snapshot is worth: loading streams of several lengths with one, with one every so many events, and without.</summary>
internal sealed class StreamLoad : IBenchmark
{
    private const int Every = 100;
    private const int Loads = 400;

    // As many events as all loads of one length and policy may read: a load without a snapshot reads the whole stream.
    private const int EventsToRead = 40_000;
    private static readonly int[] Lengths = [1, 100, 10_000];

    private static readonly (string Id, string Name, SnapshotPolicy Policy)[] Policies =
    [
        ("head", "snapshot in head", SnapshotPolicy.EveryAppend),
        ("every", $"snapshot every {Every} events", SnapshotPolicy.EveryEvents(Every)),
        ("none", "no snapshot", SnapshotPolicy.Never),
    ];

    public string Name => "stream-load";

    public string Description => "Loading an aggregate of 1, 100 and 10,000 events with and without snapshot.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var streams = await StockStreams.StartAsync(cancellationToken);
        var figures = new List<Figure>();
        foreach (var (id, name, policy) in Policies)
        {
            // Its own repository for each, so that none loads what another has warmed up.
            var repository = streams.Repository(new AggregateRepositoryOptions { Snapshots = policy });
            foreach (var length in Lengths)
            {
                var product = new ProductId($"{id}-{length}");
                await StockStreams.AppendAsync(repository, product, length, cancellationToken);
                var loads = Math.Max(5, (int)(scale * (policy == SnapshotPolicy.Never ? Math.Min(Loads, EventsToRead / length) : Loads)));
                await StockStreams.TimeAsync(Math.Max(3, loads / 10), LoadAsync);
                var samples = await StockStreams.TimeAsync(loads, LoadAsync);
                figures.Add(new Figure(Name, $"load of {length:N0} events, {name}, median", samples.Median, "us", samples.Count));

                async Task LoadAsync()
                {
                    var loaded = await repository.LoadAsync(StockItem.StreamOf(product), cancellationToken);
                    if (loaded.Version != length || loaded.State.OnHand != length)
                    {
                        throw new InvalidOperationException($"{loaded} was loaded instead of a stock of {length}.");
                    }
                }
            }
        }

        return figures;
    }
}
