using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Benchmarks.Journals;

/// <summary>What the journal under the local rooms takes, and how soon it is open again.</summary>
internal sealed class JournalThroughput : IBenchmark
{
    private const int RecordBytes = 1024;
    private const int Records = 200_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly int[] Appenders = [1, 32, 256];

    public string Name => "journal";

    public string Description => "Appends of 1 KB to the journal, each awaited, from 1, 32 and 256 appenders; the time to open it again.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-journal-");
        try
        {
            var figures = new List<Figure>();
            foreach (var appenders in Appenders)
            {
                figures.AddRange(await AppendAsync(Path.Combine(folder.FullName, $"{appenders}"), appenders, scale, cancellationToken));
            }

            figures.Add(await OpenAsync(Path.Combine(folder.FullName, "open"), Math.Max(1000, (int)(Records * scale)), cancellationToken));
            return figures;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> AppendAsync(string path, int appenders, double scale, CancellationToken cancellationToken)
    {
        await using var journal = await DurableJournal.OpenAsync(DiskFolder.Open(path), new JournalOptions(), (_, _) => { }, cancellationToken);
        await MeasureAsync(journal, appenders, Duration * 0.2 * scale, cancellationToken);
        var allocated = GC.GetTotalAllocatedBytes();
        var began = TimeProvider.System.GetTimestamp();
        var latencies = await MeasureAsync(journal, appenders, Duration * scale, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var perAppend = (GC.GetTotalAllocatedBytes() - allocated) / (double)latencies.Count;
        return
        [
            new Figure(Name, $"appends from {appenders} appenders", latencies.Count / seconds, "1/s", latencies.Count),
            new Figure(Name, $"an append's wait, {appenders} appenders, median", latencies.Median, "us", latencies.Count),
            new Figure(Name, $"an append's wait, {appenders} appenders, 99 of 100", latencies.Percentile(99), "us", latencies.Count),
            new Figure(Name, $"allocated per append, {appenders} appenders", perAppend, "bytes", latencies.Count),
        ];
    }

    private static async Task<Samples> MeasureAsync(DurableJournal journal, int appenders, TimeSpan duration, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(
            async () =>
            {
                var record = new byte[RecordBytes];
                var latencies = new List<double>();
                while (TimeProvider.System.GetElapsedTime(began) < duration)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var appended = TimeProvider.System.GetTimestamp();
                    await journal.AppendAsync(1, record);
                    latencies.Add(TimeProvider.System.GetElapsedTime(appended).TotalMicroseconds);
                }

                return latencies;
            },
            cancellationToken)));
        return new Samples(all.SelectMany(l => l));
    }

    private async Task<Figure> OpenAsync(string path, int records, CancellationToken cancellationToken)
    {
        await using (var journal = await DurableJournal.OpenAsync(DiskFolder.Open(path), new JournalOptions(), (_, _) => { }, cancellationToken))
        {
            var record = new byte[RecordBytes];
            for (var i = 0; i < records; i++)
            {
                _ = journal.AppendAsync(1, record);
            }

            await journal.FlushAsync();
        }

        var samples = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var (found, began) = (0L, TimeProvider.System.GetTimestamp());
            await using var journal = await DurableJournal.OpenAsync(DiskFolder.Open(path), new JournalOptions(), (_, payload) => found += payload.Length, cancellationToken);
            samples.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (found != (long)records * RecordBytes)
            {
                throw new InvalidOperationException($"{found} bytes came back of {(long)records * RecordBytes}.");
            }
        }

        return new Figure(Name, $"open with {records:N0} records of 1 KB, median", new Samples(samples).Median, "ms", samples.Count);
    }
}
