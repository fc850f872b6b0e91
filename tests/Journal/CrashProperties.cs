using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Journal.Tests;

/// <summary>Whatever happens to process, disk and power: what was acknowledged is there, and what is there is a beginning of what was appended.</summary>
public sealed class CrashProperties
{
    /// <summary>What one step of a random history does.</summary>
    public enum Step
    {
        Append,
        AppendMany,
        AppendLarge,
        Flush,
        Compact,
        CompactWhileAppending,
        LosePower,
        LosePowerSoon,
        Kill,
        FillDisk,
        FailSync,
        Close,
    }

    [Fact]
    public void Recovery_yields_a_prefix_of_what_was_appended_with_all_that_was_acknowledged()
    {
        var tests = int.TryParse(Environment.GetEnvironmentVariable("JOURNAL_HISTORIES"), out var asked) ? asked : 300;
        var histories = Gen.Elements(Enum.GetValues<Step>()).NonEmptyListOf().Select(steps => steps.Take(40).ToArray());
        var cases = histories.Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();

        Prop.ForAll(cases, c => RunAsync(c.Item1, c.Item2).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(60));
    }

    private static async Task RunAsync(IReadOnlyList<Step> steps, int seed)
    {
        var history = new History(new Random(seed));
        await history.OpenAsync();
        foreach (var step in steps.Append(Step.Flush).Append(Step.LosePower))
        {
            await history.TakeAsync(step);
        }
    }
}
