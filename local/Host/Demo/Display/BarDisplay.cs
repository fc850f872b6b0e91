using System.Collections.Concurrent;
using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Scenarios;
using Spectre.Console;

namespace EventFunctions.Local.Host.Demo.Display;

/// <summary>A bar per scenario: for terminals.</summary>
internal sealed class BarDisplay(IAnsiConsole console) : IDemoDisplay
{
    /// <inheritdoc/>
    public Task RunAsync(IReadOnlyList<IScenario> scenarios, Func<IDemoProgress, Task> work) => console
        .Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(context => work(new Bars(context, scenarios)));

    private sealed class Bars : IDemoProgress
    {
        private readonly ConcurrentDictionary<IScenario, ProgressTask> _bars = new();

        public Bars(ProgressContext context, IReadOnlyList<IScenario> scenarios)
        {
            foreach (var scenario in scenarios)
            {
                _bars[scenario] = context.AddTask(Describe(scenario), autoStart: false);
            }
        }

        public void Advance(IScenario scenario, int done, int total)
        {
            var bar = _bars[scenario];
            bar.MaxValue = Math.Max(1, total);
            bar.Value = done;
            if (!bar.IsStarted)
            {
                bar.StartTask();
            }
        }

        public void End(IScenario scenario, ScenarioResult result)
        {
            var bar = _bars[scenario];
            bar.Description = $"{(result.Passed ? "[green]ok[/]    " : "[red]FAILED[/]")} {Describe(scenario)}";
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }

        private static string Describe(IScenario scenario) => Markup.Escape($"({scenario.Letter}) {scenario.Title}");
    }
}
