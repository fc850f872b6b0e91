using EventFunctions.Tests.Support;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_fires_at_its_time_and_not_before()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        var start = hub.Clock.GetUtcNow();
        var id = await hub.ScheduleAsync("Sleep");

        await hub.AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(1, hub.Engine.Counts.WaitingTimers);
        await hub.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<DateTime>() >= (start + TimeSpan.FromMinutes(10)).UtcDateTime);
    }

    [Fact]
    public async Task A_timer_in_the_past_fires_at_once()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
            return "awake";
        });

        Assert.Equal("awake", (await hub.RunAsync("Sleep")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_of_a_hundred_days_fires()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(100), CancellationToken.None);
            return "awake";
        });
        var id = await hub.ScheduleAsync("Sleep");
        await hub.AdvanceAsync(TimeSpan.FromDays(100));

        Assert.Equal("awake", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_longer_than_three_days_is_several_in_the_history_one_after_the_other()
    {
        await using var hub = await TestHub.StartAsync();
        var start = hub.Clock.GetUtcNow();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        var id = await hub.ScheduleAsync("Sleep");
        foreach (var (days, count) in new[] { (3, 1), (3, 2), (1, 3) })
        {
            await hub.HasAsync<HistoryEvent.TimerCreated>(id, count);
            await hub.AdvanceAsync(TimeSpan.FromDays(days));
        }

        Assert.Equal(start.AddDays(7).UtcDateTime, (await hub.EndAsync(id)).ReadOutputAs<DateTime>());
        Assert.Equal(
            [(0, 3), (1, 6), (2, 7)],
            hub.Engine.GetHistory(id).OfType<HistoryEvent.TimerCreated>().Select(timer => (timer.TaskId, (int)(timer.FireAt - start).TotalDays)));
    }

    [Fact]
    public async Task A_long_timer_can_be_cancelled_in_any_of_its_parts()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(7), cancel.Token);
            await context.WaitForExternalEvent<object>("cancel");
            cancel.Cancel();
            return timer.IsCanceled;
        });
        var id = await hub.ScheduleAsync("Sleep");
        await hub.AdvanceAsync(TimeSpan.FromDays(3));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 2);
        await hub.Client.RaiseEventAsync(id, "cancel");

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_cancelled_timer_throws_and_its_late_firing_is_ignored()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Cancel", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            await context.WaitForExternalEvent<object>("cancel");
            cancel.Cancel();
            try
            {
                await timer;
            }
            catch (TaskCanceledException)
            {
                await context.WaitForExternalEvent<object>("end");
                return "cancelled";
            }

            return "fired";
        });
        var id = await hub.ScheduleAsync("Cancel");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "cancel");
        await hub.HasAsync<HistoryEvent.EventReceived>(id);
        await hub.AdvanceAsync(TimeSpan.FromHours(2));
        await hub.HasAsync<HistoryEvent.TimerFired>(id);
        await hub.Client.RaiseEventAsync(id, "end");

        Assert.Equal("cancelled", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_cancelled_before_the_first_await_is_never_created()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Cancel", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            cancel.Cancel();
            await context.CallActivityAsync("Hello", "x");
            return timer.IsCanceled;
        });

        Assert.True((await hub.RunAsync("Cancel", id: "c")).ReadOutputAs<bool>());
        Assert.Empty(hub.Engine.GetHistory("c").OfType<HistoryEvent.TimerCreated>());
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Order", async context =>
        {
            var order = new List<int>();
            async Task Sleep(int minutes)
            {
                await context.CreateTimer(TimeSpan.FromMinutes(minutes), CancellationToken.None);
                order.Add(minutes);
            }

            await Task.WhenAll(Sleep(30), Sleep(10), Sleep(20));
            return order;
        });
        var id = await hub.ScheduleAsync("Order");
        await hub.AdvanceAsync(TimeSpan.FromHours(1), whenTimers: 3);

        Assert.Equal(new[] { 10, 20, 30 }, (await hub.EndAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task Ten_thousand_instances_wait_on_timers_without_threads_and_all_end()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 1;
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => hub.ScheduleAsync("Sleep", id: $"s{i}")));
        await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingTimers == 10_000, "all wait");
        Assert.InRange(ThreadPool.ThreadCount, 1, 200);
        Assert.Equal(1, hub.Clock.PendingTimers);

        hub.Clock.Advance(TimeSpan.FromHours(1));
        var ended = await Task.WhenAll(ids.Select(hub.EndAsync));

        Assert.Equal(10_000, ended.Sum(e => e.ReadOutputAs<int>()));
        Assert.Equal(0, hub.Engine.Counts.WaitingTimers);
    }

    [Fact]
    public async Task A_scheduled_start_is_pending_until_its_time()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Later", context => Task.FromResult(context.GetInput<string>()));
        var startAt = hub.Clock.GetUtcNow() + TimeSpan.FromHours(3);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Later", "input", new StartOrchestrationOptions(StartAt: startAt));

        var pending = (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!;
        Assert.Equal((OrchestrationRuntimeStatus.Pending, "input"), (pending.RuntimeStatus, pending.ReadInputAs<string>()));
        Assert.Equal(0, hub.Code.Episodes);
        await hub.AdvanceAsync(TimeSpan.FromHours(3));

        Assert.Equal("input", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_for_a_pending_instance_are_kept()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Later", context => context.WaitForExternalEvent<string>("e"));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, new StartOrchestrationOptions(StartAt: hub.Clock.GetUtcNow() + TimeSpan.FromHours(3)));
        await hub.Client.RaiseEventAsync(id, "e", "kept");
        await hub.AdvanceAsync(TimeSpan.FromHours(3));

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_pending_instance_can_be_terminated()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Later", context => Task.FromResult(1));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, new StartOrchestrationOptions(StartAt: hub.Clock.GetUtcNow() + TimeSpan.FromHours(3)));
        await hub.Client.TerminateInstanceAsync(id, "never mind");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.Equal(0, hub.Code.Episodes);
        await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingTimers == 0, "its start is not waited for");
    }
}
