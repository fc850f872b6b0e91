using EventFunctions.Benchmarks.Reporting;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>What instances take in memory that wait, and that have ended.</summary>
internal sealed class OrchestrationMemory : IBenchmark
{
    private const int Instances = 20_000;

    public string Name => "orchestration-memory";

    public string Description => "20,000 instances of the durable engine that wait for a timer or an event, or have ended: bytes and threads.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var count = Math.Max(1000, (int)(Instances * scale));
        return
        [
            await MeasureAsync(HelloCode.Sleep, "waits for a timer", count, cancellationToken),
            await MeasureAsync(HelloCode.Wait, "waits for an event", count, cancellationToken),
            await MeasureAsync(HelloCode.Sequence, "has ended after 5 activities", count, cancellationToken),
        ];
    }

    private async Task<Figure> MeasureAsync(string orchestrator, string what, int count, CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(isDurable: false, cancellationToken);
        var client = engine.Engine.Client;
        await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, cancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, cancellationToken);
            await (orchestrator == HelloCode.Sequence
                ? client.WaitForInstanceCompletionAsync(id, cancellationToken)
                : client.WaitForInstanceStartAsync(id, cancellationToken));
        }

        var perInstance = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        return new Figure(Name, $"an instance that {what}", perInstance, "bytes", count, "4,096");
    }
}
