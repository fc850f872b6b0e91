using System.Globalization;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Tests;

public sealed class TimerTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Runs_at_each_occurrence_and_tells_the_last_and_the_next()
    {
        await using var app = await StartAsync(typeof(EveryMinute));
        await AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.Empty(app.Recorder.Entries);

        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await RunsAsync(app, 1);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await RunsAsync(app, 2);

        var runs = app.Recorder.Of<TimerInfo>();
        Assert.Equal(default, runs[0].ScheduleStatus!.Last);
        Assert.Equal(At("12:02"), runs[0].ScheduleStatus!.Next);
        Assert.Equal(At("12:01"), runs[1].ScheduleStatus!.Last);
        Assert.Equal(At("12:03"), runs[1].ScheduleStatus!.Next);
        Assert.All(runs, run => Assert.False(run.IsPastDue));
    }

    [Fact]
    public async Task A_run_that_comes_late_is_past_due_and_the_missed_ones_are_left_out()
    {
        await using var app = await StartAsync(typeof(EveryMinute));
        await AdvanceAsync(TimeSpan.Zero);
        EveryMinuteGate(app);

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await RunsAsync(app, 1);
        _clock.Advance(TimeSpan.FromMinutes(3.5));
        app.Recorder.Of<TaskCompletionSource>()[0].SetResult();
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await RunsAsync(app, 2);

        var runs = app.Recorder.Of<TimerInfo>();
        Assert.Equal(At("12:01"), runs[1].ScheduleStatus!.Last);
        Assert.Equal(At("12:06"), runs[1].ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Runs_on_startup_where_asked_and_keeps_no_status_where_not()
    {
        await using var app = await StartAsync(typeof(OnStartup));

        await RunsAsync(app, 1);

        Assert.Null(app.Recorder.Of<TimerInfo>()[0].ScheduleStatus);
    }

    [Fact]
    public async Task A_schedule_can_be_a_setting_and_a_span_of_time()
    {
        await using var app = await StartAsync(typeof(BySetting), new() { ["Every"] = "00:00:10" });

        for (var run = 1; run <= 3; run++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(10));
            await RunsAsync(app, run);
        }
    }

    [Fact]
    public async Task A_failure_is_tried_again_by_the_policy_and_then_given_up_until_the_next_occurrence()
    {
        await using var app = await StartAsync(typeof(Backoff));
        await AdvanceAsync(TimeSpan.FromHours(1));
        await TriesAsync(app, 1);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await TriesAsync(app, 2);
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        await TriesAsync(app, 3);
        await AdvanceAsync(TimeSpan.FromSeconds(2.5));
        await TriesAsync(app, 4);

        await Eventually.HoldsAsync(
            () => app.Log.Lines.Any(l => l.Level == LogLevel.Error && l.Text.Contains("failed after 4 tries", StringComparison.Ordinal)),
            "the policy is exhausted");
        // The tries took five and a half seconds of the hour.
        await AdvanceAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5.5));
        await TriesAsync(app, 5);

        Assert.Equal(["0/3", "1/3", "2/3", "3/3", "0/3"], app.Recorder.Of<string>());
    }

    [Fact]
    public async Task A_failure_without_a_policy_is_logged_and_the_schedule_goes_on()
    {
        await using var app = await StartAsync(typeof(Unlucky));

        for (var run = 1; run <= 2; run++)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(1));
            await TriesAsync(app, run);
        }

        Assert.Equal(["no policy", "no policy"], app.Recorder.Of<string>());
    }

    private static void EveryMinuteGate(TestApp app) => app.Recorder.Add(new TaskCompletionSource());

    private static DateTime At(string time) => DateTime.Parse($"2026-01-01T{time}:00Z", CultureInfo.InvariantCulture).ToUniversalTime();

    private static Task RunsAsync(TestApp app, int count) =>
        Eventually.HoldsAsync(() => app.Recorder.Of<TimerInfo>().Count == count, $"the function ran {count} times");

    private static Task TriesAsync(TestApp app, int count) =>
        Eventually.HoldsAsync(() => app.Recorder.Of<string>().Count == count, $"the function was tried {count} times");

    private Task<TestApp> StartAsync(Type function, Dictionary<string, string>? settings = null) =>
        TestApp.StartAsync(new TestAppOptions { Functions = [function], Clock = _clock, Settings = settings ?? [] });

    /// <summary>Moves the clock once the timer waits for it.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await Eventually.HoldsAsync(() => _clock.PendingTimers > 0, "the timer waits");
        _clock.Advance(by);
    }

    public sealed class EveryMinute(Recorder recorder)
    {
        [Function("EveryMinute")]
        public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            recorder.Add(timer);
            if (recorder.Of<TaskCompletionSource>() is [var gate, ..])
            {
                await gate.Task;
            }
        }
    }

    public sealed class OnStartup(Recorder recorder)
    {
        [Function("OnStartup")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => recorder.Add(timer);
    }

    public sealed class BySetting(Recorder recorder)
    {
        [Function("BySetting")]
        public void Run([TimerTrigger("%Every%")] TimerInfo timer) => recorder.Add(timer);
    }

    public sealed class Backoff(Recorder recorder)
    {
        [Function("Backoff")]
        [ExponentialBackoffRetry(3, "00:00:01", "00:00:02.5")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, FunctionContext context)
        {
            recorder.Add($"{context.RetryContext.RetryCount}/{context.RetryContext.MaxRetryCount}");
            throw new InvalidOperationException("again");
        }
    }

    public sealed class Unlucky(Recorder recorder)
    {
        [Function("Unlucky")]
        public void Run([TimerTrigger("* * * * *")] string timer, FunctionContext context)
        {
            recorder.Add(context.RetryContext is null ? "no policy" : timer);
            throw new InvalidOperationException("alas");
        }
    }
}
