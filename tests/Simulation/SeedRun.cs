using System.Collections.Concurrent;
using System.Globalization;

namespace EventFunctions.Tests.Simulation;

/// <summary>Runs many seeds, and finds the first that fails.</summary>
internal static class SeedRun
{
    /// <summary>The one seed to run, where a person asks for it.</summary>
    public static int? Only { get; } = Setting("SIMULATION_SEED");

    /// <summary>How many seeds to run.</summary>
    public static int Count { get; } = Setting("SIMULATION_SEEDS") ?? 1000;

    /// <summary>Runs the seeds side by side, each on one thread.</summary>
    /// <returns>What came of them.</returns>
    /// <exception cref="SimulationFailedException">A seed failed: the lowest of those that did.</exception>
    public static IReadOnlyCollection<SimulationResult> RunAll(IEnumerable<int> seeds)
    {
        var results = new ConcurrentBag<SimulationResult>();
        var failures = new ConcurrentDictionary<int, SimulationFailedException>();
        Parallel.ForEach(seeds, (seed, loop) =>
        {
            try
            {
                results.Add(ShopRun.Run(seed));
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

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
