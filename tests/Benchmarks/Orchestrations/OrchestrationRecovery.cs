using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>How soon an engine with many instances is there again.</summary>
internal sealed class OrchestrationRecovery : IBenchmark
{
    private const int Instances = 50_000, Runs = 5;

    public string Name => "orchestration-open";

    public string Description => "Opening the durable engine with 50,000 instances that wait for a timer, from the log and from a snapshot.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-hub-").FullName;
        try
        {
            var count = Math.Max(1000, (int)(Instances * scale));
            await FillAsync(folder, count, cancellationToken);
            var fromLog = await MeasureAsync(folder, count, cancellationToken);
            var snapshot = await CompactAsync(folder, cancellationToken);
            var fromSnapshot = await MeasureAsync(folder, count, cancellationToken);
            return
            [
                new Figure(Name, $"open with {count:N0} instances, from the log", fromLog.Median, "ms", fromLog.Count),
                new Figure(Name, $"open with {count:N0} instances, from a snapshot", fromSnapshot.Median, "ms", fromSnapshot.Count),
                new Figure(Name, $"a snapshot of {count:N0} instances", snapshot, "ms", 1),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<DurableTaskEngine> OpenAsync(string folder, CancellationToken cancellationToken) => DurableTaskEngine.OpenAsync(
        folder, new HelloCode(), new DurableTaskEngineOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);

    private static async Task FillAsync(string folder, int count, CancellationToken cancellationToken)
    {
        await using var engine = await OpenAsync(folder, cancellationToken);
        await engine.StartAsync(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 512, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, parallel, async (_, token) =>
        {
            var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(HelloCode.Sleep, token);
            await engine.Client.WaitForInstanceStartAsync(id, token);
        });
    }

    private static async Task<Samples> MeasureAsync(string folder, int count, CancellationToken cancellationToken)
    {
        var samples = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var engine = await OpenAsync(folder, cancellationToken);
            samples.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (engine.Counts.WaitingTimers != count)
            {
                throw new InvalidOperationException($"{engine.Counts.WaitingTimers} timers wait of {count}.");
            }
        }

        return new Samples(samples);
    }

    private static async Task<double> CompactAsync(string folder, CancellationToken cancellationToken)
    {
        await using var journal = await HubJournal.OpenAsync(DiskFolder.Open(folder), new JournalOptions(), NullLogger.Instance, cancellationToken);
        var hub = new TaskHub(journal.Log, TimeProvider.System, static _ => { }, journal.Tables, static _ => { });
        var began = TimeProvider.System.GetTimestamp();
        await journal.CompactAsync(hub, cancellationToken);
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }
}
