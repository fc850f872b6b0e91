using EventFunctions.Benchmarks.Reporting;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>How many orchestrations the durable engine brings to their end per second, in memory and on disk.</summary>
internal sealed class OrchestrationThroughput : IBenchmark
{
    private const int Clients = 128, Sequences = 20_000, FanOuts = 200, Events = 1000;

    public string Name => "orchestrations";

    public string Description => "The durable engine alone: sequences of 5 activities, fan-outs of 100, 1,000 external events, in memory and on disk.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var isDurable in new[] { false, true })
        {
            await using var engine = await BenchmarkEngine.StartAsync(isDurable, cancellationToken);
            var client = engine.Engine.Client;
            var where = isDurable ? "on disk" : "in memory";
            await RunAsync(client, HelloCode.Sequence, 2000, cancellationToken);
            await RunAsync(client, HelloCode.FanOut, 20, cancellationToken);

            var sequences = Math.Max(Clients, (int)(Sequences * scale));
            var first = await RunAsync(client, HelloCode.Sequence, sequences / 4, cancellationToken);
            var rest = await RunAsync(client, HelloCode.Sequence, sequences - (sequences / 4), cancellationToken);
            figures.Add(new Figure(Name, $"sequences of {HelloCode.Activities} activities, {where}", rest, "1/s", sequences, isDurable ? "500" : "1,000"));
            figures.Add(new Figure(Name, $"the same among the first quarter, {where}", first, "1/s", sequences / 4));

            var fanOuts = Math.Max(4, (int)(FanOuts * scale));
            var rate = await RunAsync(client, HelloCode.FanOut, fanOuts, cancellationToken);
            figures.Add(new Figure(Name, $"fan-outs of {HelloCode.Branches} activities, {where}", rate, "1/s", fanOuts));

            foreach (var events in new[] { Events, 10 * Events })
            {
                var took = await CollectAsync(client, events, cancellationToken);
                figures.Add(new Figure(Name, $"{events:N0} events raised at one instance and taken by it, {where}", events / took.TotalSeconds, "1/s", events));
            }
        }

        return figures;
    }

    /// <returns>How many ended per second.</returns>
    private static async Task<double> RunAsync(DurableTaskClient client, string name, int count, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, parallel, async (_, token) =>
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync(name, token);
            var ended = await client.WaitForInstanceCompletionAsync(id, token);
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                throw new InvalidOperationException($"{name} is {ended.RuntimeStatus}: {ended.FailureDetails}");
            }
        });
        return count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<TimeSpan> CollectAsync(DurableTaskClient client, int events, CancellationToken cancellationToken)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(HelloCode.Collect, events, cancellationToken);
        await client.WaitForInstanceStartAsync(id, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, events, parallel, async (i, token) => await client.RaiseEventAsync(id, "n", i, token));
        await client.WaitForInstanceCompletionAsync(id, cancellationToken);
        return TimeProvider.System.GetElapsedTime(began);
    }
}
