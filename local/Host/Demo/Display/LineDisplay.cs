using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Scenarios;

namespace EventFunctions.Local.Host.Demo.Display;

/// <summary>One plain line per scenario as it ends: for files and build logs.</summary>
internal sealed class LineDisplay(TextWriter output) : IDemoDisplay, IDemoProgress
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public Task RunAsync(IReadOnlyList<IScenario> scenarios, Func<IDemoProgress, Task> work) => work(this);

    /// <inheritdoc/>
    public void Advance(IScenario scenario, int done, int total)
    {
        // A line per step would drown the lines that matter.
    }

    /// <inheritdoc/>
    public void End(IScenario scenario, ScenarioResult result)
    {
        lock (_gate)
        {
            var verdict = result.Passed ? "ok    " : "FAILED";
            output.WriteLine($"{verdict} ({scenario.Letter}) {scenario.Title}: {result.Checks.Count} checks in {result.Duration.TotalSeconds:0.0} s");
        }
    }
}
