using EventFunctions.Local.Host.Demo.Checking;
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
            foreach (var story in result.Stories)
            {
                PrintStory(result, story);
            }

            // What has no order to show is told by what was counted.
            if (allChecks || !result.Passed || result.Stories.Count == 0)
            {
                PrintChecks(result, result.Stories.Count == 0 || allChecks);
            }
        }

        PrintSummary(results);
        var failed = results.Sum(result => result.Checks.Count(check => !check.Passed)) + results.Count(result => result.Checks.Count == 0);
        var verdict = failed == 0 ? "[green]every check holds[/]" : $"[red]{failed} checks failed[/]";
        console.MarkupLine($"{results.Sum(result => result.Checks.Count)} checks in {duration.TotalSeconds:0.0} s: {verdict}");
    }

    private void PrintStory(ScenarioResult result, OrderStory story)
    {
        var timeline = story.Timeline;
        PrintHeading($"({result.Letter}) {result.Title}", $"order {timeline.OrderId}, {story.Ending}");
        var table = NewTable().AddColumns("time (UTC)", "event", "stream").AddColumn("version", column => column.RightAligned()).AddColumn("correlation");
        foreach (var happened in timeline.Events)
        {
            table.AddRow(
                Cell(happened.Time.UtcDateTime.ToString("HH:mm:ss.fff")),
                Cell(happened.Type),
                Cell(happened.Stream.Replace(timeline.OrderId, "{order}", StringComparison.Ordinal)),
                Cell(happened.Version.ToString()),
                Cell(happened.CorrelationId));
        }

        console.Write(table);
    }

    private void PrintChecks(ScenarioResult result, bool all)
    {
        PrintHeading($"({result.Letter}) {result.Title}", all ? "checks" : "failed checks");
        var table = NewTable().AddColumns("", "what", "expected", "actual");
        foreach (var check in result.Checks.Where(check => all || !check.Passed))
        {
            table.AddRow(Verdict(check.Passed), Cell(check.What), Cell(check.Expected), Cell(check.Actual));
        }

        console.Write(table);
    }

    private void PrintSummary(IReadOnlyList<ScenarioResult> results)
    {
        PrintHeading("Summary", null);
        var table = NewTable().AddColumns("", "scenario", "result");
        foreach (var number in new[] { "checks", "failed", "seconds" })
        {
            table.AddColumn(number, column => column.RightAligned());
        }

        foreach (var result in results)
        {
            table.AddRow(
                Cell(result.Letter),
                Cell(result.Title),
                Verdict(result.Passed),
                Cell(result.Checks.Count.ToString()),
                Cell(result.Checks.Count(check => !check.Passed).ToString()),
                Cell(result.Duration.TotalSeconds.ToString("0.0")));
        }

        console.Write(table);
    }

    private void PrintHeading(string what, string? more)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Markup.Escape(what)}[/]");
        if (more is not null)
        {
            console.WriteLine(more);
        }
    }

    private Table NewTable() => new() { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii };

    private static Markup Verdict(bool passed) => new(passed ? "[green]ok[/]" : "[red]FAILED[/]");

    private static Text Cell(string text) => new(text);
}
