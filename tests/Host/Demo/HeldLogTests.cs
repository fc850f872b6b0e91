using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Host.Tests.Demo;

public sealed class HeldLogTests
{
    [Fact]
    public async Task What_was_logged_is_told_with_its_cause_when_asked_for_and_once()
    {
        using var held = new HeldLog();
        using (var factory = RuntimeLogging.Create(LogLevel.Error, held, new Dictionary<string, string>()))
        {
            var logger = factory.CreateLogger("Shop");
            logger.LogWarning("Not severe enough");
            logger.LogError(new InvalidOperationException("The till jams."), "Order {Order} failed", 7);
        }

        var told = await TellAsync(held);

        Assert.Contains("Shop: Order 7 failed", told, StringComparison.Ordinal);
        Assert.Contains("The till jams.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Not severe enough", told, StringComparison.Ordinal);
        Assert.Empty(await TellAsync(held));
    }

    [Fact]
    public async Task Of_more_lines_than_are_kept_the_newest_are()
    {
        using var held = new HeldLog();
        var logger = held.CreateLogger("Shop");
        for (var number = 1; number <= HeldLog.MaxLines + 5; number++)
        {
            logger.LogError("Line {Number}.", number);
        }

        var lines = (await TellAsync(held)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(HeldLog.MaxLines, lines.Length);
        Assert.EndsWith("Line 6.", lines[0].TrimEnd(), StringComparison.Ordinal);
    }

    private static async Task<string> TellAsync(HeldLog held)
    {
        await using var output = new StringWriter();
        await held.WriteToAsync(output);
        return output.ToString();
    }
}
