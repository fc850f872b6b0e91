using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>What an event of the history costs when an orchestration is replayed.</summary>
internal sealed class ReplayCost : IBenchmark
{
    private const int Runs = 400;
    private static readonly int[] Lengths = [100, 1000];

    public string Name => "replay";

    public string Description => "Replaying orchestrations with long histories: the cost per history event.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var executor = new OrchestrationExecutor(new EpisodeServices(new HelloCode(), new DurableTaskEngineOptions(), NullLoggerFactory.Instance));
        var figures = new List<Figure>();
        foreach (var length in Lengths)
        {
            var (state, history) = await HistoryAsync(length, cancellationToken);
            var runs = Math.Max(20, (int)(Runs * scale));
            var samples = new List<double>();
            for (var run = -runs / 4; run < runs; run++)
            {
                var began = TimeProvider.System.GetTimestamp();
                HistoryEvent next = new HistoryEvent.EventReceived("n", "0") { Timestamp = state.LastUpdatedAt };
                await executor.ExecuteAsync(state, history, [next], state.LastUpdatedAt, static () => { }, cancellationToken);
                if (run >= 0)
                {
                    samples.Add(TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / history.Count);
                }
            }

            figures.Add(new Figure(Name, $"an event of {history.Count:N0} in the history, median", new Samples(samples).Median, "us", samples.Count));
        }

        return figures;
    }

    /// <summary>An instance that has taken so many events, and waits for more.</summary>
    private static async Task<(InstanceState State, IReadOnlyList<HistoryEvent> History)> HistoryAsync(int events, CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(isDurable: false, cancellationToken);
        var client = engine.Engine.Client;
        var id = await client.ScheduleNewOrchestrationInstanceAsync(HelloCode.Collect, 2 * events, cancellationToken);
        for (var i = 0; i < events; i++)
        {
            await client.RaiseEventAsync(id, "n", i, cancellationToken);
        }

        IReadOnlyList<HistoryEvent> history;
        while ((history = engine.Engine.GetHistory(id)).OfType<HistoryEvent.EventReceived>().Count() < events)
        {
            await Task.Delay(1, cancellationToken);
        }

        var started = history.OfType<HistoryEvent.ExecutionStarted>().Single();
        return (history.Aggregate(InstanceState.Scheduled(id, started), (state, happened) => state.Apply(happened)), history);
    }
}
