using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>Whatever happens to process, disk and power: the hub found again is as it was after some change, and after all that were acknowledged.</summary>
public sealed class HubCrashProperties
{
    /// <summary>What one step of a random history does.</summary>
    public enum Step
    {
        Start,
        Raise,
        Episode,
        Answer,
        FireTimer,
        Suspend,
        Resume,
        Terminate,
        Purge,
        Compact,
        WaitForAll,
        Mishap,
    }

    [Fact]
    public void A_hub_found_again_is_one_that_was_and_has_all_that_was_acknowledged()
    {
        var tests = int.TryParse(Environment.GetEnvironmentVariable("JOURNAL_HISTORIES"), out var asked) ? asked : 100;
        var step = Gen.Frequency(
            (12, Gen.Elements(Step.Start, Step.Raise, Step.Episode, Step.Episode, Step.Answer, Step.FireTimer)), (4, Gen.Elements(Enum.GetValues<Step>())), (2, Gen.Constant(Step.Mishap)));
        var histories = step.NonEmptyListOf().Select(steps => steps.Take(80).ToArray());
        var cases = histories.Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();

        Prop.ForAll(cases, c => RunAsync(c.Item1, c.Item2).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(100));
    }

    private static async Task RunAsync(IReadOnlyList<Step> steps, int seed)
    {
        var history = new HubHistory(new Random(seed));
        await history.OpenAsync();
        foreach (var step in new[] { Step.Start, Step.Episode }.Concat(steps).Append(Step.WaitForAll))
        {
            await history.TakeAsync(step);
        }

        await history.LosePowerAsync();
    }
}
