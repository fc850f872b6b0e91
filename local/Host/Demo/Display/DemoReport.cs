using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Shop;
using Spectre.Console;

namespace EventFunctions.Local.Host.Demo.Display;

/// <summary>What is printed once the scenarios have ended: timelines, checks and the summary.</summary>
/// <param name="console">Where to.</param>
/// <param name="allChecks">Whether checks that passed are listed too.</param>
internal sealed class DemoReport(IAnsiConsole console, bool allChecks)
{
    /// <summary>Prints it.</summary>
    public void Print(IReadOnlyList<ScenarioResult> results, TimeSpan duration)
    {
        foreach (var result in results)
        {
            foreach (var timeline in result.Timelines)
            {
                PrintTimeline(result, timeline);
            }
        }

        foreach (var result in results.Where(result => allChecks || !result.Passed))
        {
            PrintChecks(result);
        }

        PrintSummary(results);
        var failed = results.Sum(result => result.Checks.Count(check => !check.Passed)) + results.Count(result => result.Checks.Count == 0);
        var verdict = failed == 0 ? "[green]every check holds[/]" : $"[red]{failed} checks failed[/]";
        console.MarkupLine($"{results.Sum(result => result.Checks.Count)} checks in {duration.TotalSeconds:0.0} s: {verdict}");
    }

    private void PrintTimeline(ScenarioResult result, Timeline timeline)
    {
        var table = NewTable($"({result.Letter}) {result.Title}: order {timeline.OrderId}").AddColumns("time (UTC)", "event", "stream", "version", "correlation");
        foreach (var happened in timeline.Events)
        {
            table.AddRow(
                Cell(happened.Time.UtcDateTime.ToString("HH:mm:ss.fff")),
                Cell(happened.Type),
                Cell(happened.Stream),
                Cell(happened.Version.ToString()),
                Cell(happened.CorrelationId));
        }

        console.Write(table);
    }

    private void PrintChecks(ScenarioResult result)
    {
        var table = NewTable($"({result.Letter}) {result.Title}: checks").AddColumns("", "what", "expected", "actual");
        foreach (var check in result.Checks.Where(check => allChecks || !check.Passed))
        {
            table.AddRow(new Markup(check.Passed ? "[green]ok[/]" : "[red]FAILED[/]"), Cell(check.What), Cell(check.Expected), Cell(check.Actual));
        }

        console.Write(table);
    }

    private void PrintSummary(IReadOnlyList<ScenarioResult> results)
    {
        var table = NewTable("Summary").AddColumns("", "scenario", "result", "checks", "failed", "seconds");
        foreach (var result in results)
        {
            table.AddRow(
                Cell(result.Letter),
                Cell(result.Title),
                new Markup(result.Passed ? "[green]ok[/]" : "[red]FAILED[/]"),
                Cell(result.Checks.Count.ToString()),
                Cell(result.Checks.Count(check => !check.Passed).ToString()),
                Cell(result.Duration.TotalSeconds.ToString("0.0")));
        }

        console.Write(table);
    }

    private Table NewTable(string title)
    {
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii };
        return table.Title(Markup.Escape(title)).LeftAligned();
    }

    private static Text Cell(string text) => new(text);
}
