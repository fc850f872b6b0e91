using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Whatever happens to process, disk and power: the broker found again is as it was after some step, and after all that were acknowledged.</summary>
public sealed class BrokerCrashProperties
{
    /// <summary>What one step of a random history does.</summary>
    public enum Step
    {
        Act,
        Administer,
        PassTime,
        Compact,
        WaitForAll,
        FillDisk,
        FailSync,
        LosePowerSoon,
        LosePower,
        Kill,
    }

    [Fact]
    public void A_broker_found_again_is_one_that_was_and_has_all_that_was_acknowledged()
    {
        var tests = int.TryParse(Environment.GetEnvironmentVariable("JOURNAL_HISTORIES"), out var asked) ? asked : 150;
        var step = Gen.Frequency((16, Gen.Constant(Step.Act)), (8, Gen.Constant(Step.Administer)), (12, Gen.Elements(Enum.GetValues<Step>())));
        var histories = step.NonEmptyListOf().Select(steps => steps.Take(60).ToArray());
        var cases = histories.Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();

        Prop.ForAll(cases, c => RunAsync(c.Item1, c.Item2).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(80));
    }

    private static async Task RunAsync(IReadOnlyList<Step> steps, int seed)
    {
        using var history = new BrokerHistory(new Random(seed));
        await history.OpenAsync();
        foreach (var step in Enumerable.Repeat(Step.Administer, 12).Concat(steps).Append(Step.WaitForAll).Append(Step.LosePower))
        {
            await history.TakeAsync(step);
        }
    }
}
