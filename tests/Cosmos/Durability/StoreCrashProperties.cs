using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>Whatever happens to process, disk and power: the account found again is as it was after some change, and after all that were acknowledged.</summary>
public sealed class StoreCrashProperties
{
    /// <summary>What one step of a random history does.</summary>
    public enum Step
    {
        CreateDatabase,
        DeleteDatabase,
        CreateContainer,
        DeleteContainer,
        ReplaceContainer,
        ReplaceThroughput,
        Write,
        PassTime,
        Sweep,
        Compact,
        WaitForAll,
        Mishap,
    }

    [Fact]
    public void An_account_found_again_is_one_that_was_and_has_all_that_was_acknowledged()
    {
        var tests = int.TryParse(Environment.GetEnvironmentVariable("JOURNAL_HISTORIES"), out var asked) ? asked : 200;
        var step = Gen.Frequency((12, Gen.Constant(Step.Write)), (8, Gen.Elements(Enum.GetValues<Step>())), (4, Gen.Constant(Step.Mishap)));
        var histories = step.NonEmptyListOf().Select(steps => steps.Take(60).ToArray());
        var cases = histories.Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();

        Prop.ForAll(cases, c => RunAsync(c.Item1, c.Item2).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(80));
    }

    private static async Task RunAsync(IReadOnlyList<Step> steps, int seed)
    {
        var history = new StoreHistory(new Random(seed));
        await history.OpenAsync();
        foreach (var step in new[] { Step.CreateDatabase, Step.CreateContainer, Step.CreateContainer }.Concat(steps).Append(Step.WaitForAll))
        {
            await history.TakeAsync(step);
        }

        await history.LosePowerAsync();
    }
}
