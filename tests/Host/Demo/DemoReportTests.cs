using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Display;
using EventFunctions.Local.Host.Demo.Shop;
using Spectre.Console;

namespace EventFunctions.Local.Host.Tests.Demo;

public sealed class DemoReportTests
{
    private const int Width = 100;
    private static readonly string OrderId = new('a', 32);

    [Fact]
    public void An_order_is_shown_with_its_end_and_its_events_one_line_each()
    {
        var text = Print(allChecks: false, Story("order-placed", "stock-reserved"));

        Assert.Contains($"order {OrderId}, Cancelled: out-of-stock", text, StringComparison.Ordinal);
        var line = Assert.Single(text.Split('\n'), line => line.Contains("stock-reserved", StringComparison.Ordinal));
        Assert.All(["14:00:00.250", "ordering-{order}", "2", "demo-c-123456"], cell => Assert.Contains(cell, line, StringComparison.Ordinal));
        Assert.DoesNotContain("what", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_without_an_order_to_show_lists_what_was_counted()
    {
        var text = Print(allChecks: false, Result([], new Check("EUR: captured - refunded", "12.5", "12.5")));

        Assert.Contains("EUR: captured - refunded", text, StringComparison.Ordinal);
        Assert.Contains("every check holds", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_check_is_shown_with_both_values_and_counted()
    {
        var ok = new Check("status", "Delivered", "Delivered");
        var text = Print(allChecks: false, Story("order-placed") with { Checks = [ok, new Check("voided", "True", "False")] });

        Assert.Contains("failed checks", text, StringComparison.Ordinal);
        Assert.Matches(@"FAILED \| voided +\| True +\| False", text);
        Assert.DoesNotContain("| status", text, StringComparison.Ordinal);
        Assert.Contains("1 checks failed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_checked_nothing_has_failed() =>
        Assert.Contains("1 checks failed", Print(allChecks: false, Result([])), StringComparison.Ordinal);

    [Fact]
    public void What_is_expected_twice_and_found_once_is_missing_once()
    {
        Assert.Equal(["b"], CheckList.Missing(["a", "b", "b"], ["b", "c", "a"]));
        Assert.Empty(CheckList.Missing(["a"], ["a", "a"]));
    }

    private static ScenarioResult Story(params string[] types)
    {
        var began = new DateTimeOffset(2026, 1, 1, 14, 0, 0, TimeSpan.Zero);
        var events = types.Select((type, number) => new TimelineEvent(
            "ordering", type, $"ordering-{OrderId}", number + 1, began.AddMilliseconds(250 * number), "demo-c-123456"));
        return Result([new OrderStory(new Timeline(OrderId, [.. events]), "Cancelled: out-of-stock")], new Check("status", "Cancelled", "Cancelled"));
    }

    private static ScenarioResult Result(IReadOnlyList<OrderStory> stories, params Check[] checks) =>
        new("c", "Out of stock", checks, stories, TimeSpan.FromSeconds(1));

    private static string Print(bool allChecks, params ScenarioResult[] results)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        new DemoReport(console, allChecks).Print(results, TimeSpan.FromSeconds(2));
        return output.ToString();
    }
}
