using System.Collections.Concurrent;
using System.Globalization;
using EventFunctions.Domain.Ordering;

namespace EventFunctions.Tests.Simulation;

/// <summary>Runs many seeds, and finds the first that fails.</summary>
internal static class SeedRun
{
    /// <summary>The one seed to run, where a person asks for it.</summary>
    public static int? Only { get; } = Setting("SIMULATION_SEED");

    /// <summary>How many seeds to run.</summary>
    public static int Count { get; } = Setting("SIMULATION_SEEDS") ?? 1000;

    /// <summary>Runs the seeds side by side, each on one thread.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="flowOf">Who leads the order of a number; sagas, unless it is given.</param>
    /// <returns>What came of them.</returns>
    /// <exception cref="SimulationFailedException">A seed failed: the lowest of those that did.</exception>
    public static IReadOnlyCollection<SimulationResult> RunAll(IEnumerable<int> seeds, Func<int, OrderFlow>? flowOf = null)
    {
        var results = new ConcurrentBag<SimulationResult>();
        var failures = new ConcurrentDictionary<int, SimulationFailedException>();
        Parallel.ForEach(seeds, (seed, loop) =>
        {
            try
            {
                results.Add(ShopRun.Run(seed, flowOf: flowOf));
            }
            catch (SimulationFailedException failure)
            {
                failures[seed] = failure;
                loop.Stop();
            }
        });
        return failures.IsEmpty
            ? results
            : throw new SimulationFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{failures.MinBy(f => f.Key).Value.Message}{Environment.NewLine}Again: SIMULATION_SEED={failures.Keys.Min()} dotnet test tests/Simulation"));
    }

    /// <summary>What came of many runs, for a person.</summary>
    public static string Summary(IReadOnlyCollection<SimulationResult> results) => string.Create(
        CultureInfo.InvariantCulture,
        $"{results.Count} runs, {results.Sum(r => (long)r.Trace.Count)} steps, {results.Sum(r => r.Crashes)} crashes, "
        + $"{results.Sum(r => r.Cancellations)} cancellations; ends: "
        + $"{string.Join(", ", results.SelectMany(r => r.Ends).CountBy(end => end).Select(end => $"{end.Value} {end.Key}"))}");

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
