using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Benchmarks.Streams;

/// <summary>Whether an append costs more the longer its stream is.</summary>
internal sealed class AppendGrowth : IBenchmark
{
    private const int Appends = 500;
    private static readonly int[] Lengths = [100, 1_000, 10_000, 100_000];

    public string Name => "append-growth";

    public string Description => "Appends of one event to a stream that grows to 100,000 events.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var streams = await StockStreams.StartAsync(cancellationToken);
        var repository = streams.Repository(new AggregateRepositoryOptions());
        var forgetful = streams.Repository(new AggregateRepositoryOptions { HeadCacheSize = 0 });
        var product = new ProductId("growing");
        var count = Math.Max(20, (int)(Appends * scale));

        // On a stream of its own: at first everything is slow once.
        await StockStreams.TimeAsync(count, () => StockStreams.AppendAsync(repository, new ProductId("warm-up"), 1, cancellationToken));

        // One command an event, so that the head remembers as many as it ever will.
        await StockStreams.TimeAsync(Lengths[0], () => StockStreams.AppendAsync(repository, product, 1, cancellationToken));
        var length = Lengths[0];
        var figures = new List<Figure>();
        foreach (var target in Lengths)
        {
            await StockStreams.AppendAsync(repository, product, target - length, cancellationToken);
            var known = await StockStreams.TimeAsync(count, () => StockStreams.AppendAsync(repository, product, 1, cancellationToken));
            var unknown = await StockStreams.TimeAsync(count, () => StockStreams.AppendAsync(forgetful, product, 1, cancellationToken));
            length = target + (2 * count);

            // The writer that did not know the head has replaced it: one more append, outside the measurement, finds that out.
            await StockStreams.AppendAsync(repository, product, 1, cancellationToken);
            length++;
            figures.Add(new Figure(Name, $"append at {target:N0} events, head known, median", known.Median, "us", known.Count));
            figures.Add(new Figure(Name, $"append at {target:N0} events, head not known, median", unknown.Median, "us", unknown.Count));
        }

        return figures;
    }
}
