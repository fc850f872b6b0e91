using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>Durable timers (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-timers).</summary>
public sealed class TimerConformance
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_timer_fires_when_its_delay_is_over_by_the_orchestrations_clock()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(Second, CancellationToken.None);
            return context.CurrentUtcDateTime - start >= Second;
        }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second);

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_timer_fires_at_the_moment_it_is_set_to()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var due = context.CurrentUtcDateTime.AddSeconds(1);
            await context.CreateTimer(due, CancellationToken.None);
            return context.CurrentUtcDateTime >= due;
        }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second);

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public async Task A_moment_that_is_past_fires_at_once(int seconds)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(seconds), CancellationToken.None);
            return "fired";
        }));

        Assert.Equal("fired", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var fired = new List<int>();
            var timers = new[] { 2, 0, 1 }.ToDictionary(s => context.CreateTimer(TimeSpan.FromSeconds(s * 0.5), CancellationToken.None), s => s);
            while (timers.Count > 0)
            {
                var first = await Task.WhenAny(timers.Keys);
                fired.Add(timers[first]);
                timers.Remove(first);
            }

            return fired;
        }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second / 2);
        await hub.PassAsync(Second / 2);

        var result = (await hub.EndAsync(id)).ReadOutputAs<int[]>()!;

        Assert.Equal([0, 1, 2], result);
    }

    [Fact]
    public async Task A_cancelled_timer_throws_where_it_is_awaited()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            cancel.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (TaskCanceledException)
            {
                return "cancelled";
            }
        }));

        Assert.Equal("cancelled", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_that_is_faster_than_its_time_limit_wins_and_the_timer_is_cancelled()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Fast", n => n)
            .Orchestrator("O", async context =>
            {
                using var stop = new CancellationTokenSource();
                var work = context.CallActivityAsync<int>("Fast", 5);
                var limit = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
                if (await Task.WhenAny(work, limit) == limit)
                {
                    return -1;
                }

                stop.Cancel();
                return await work;
            }));

        Assert.Equal(5, (await hub.RunAsync("O")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_time_limit_that_is_over_first_wins()
    {
        var release = new TaskCompletionSource();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Slow", async n =>
            {
                await release.Task;
                return n;
            })
            .Orchestrator("O", async context =>
            {
                var work = context.CallActivityAsync<int>("Slow", 5);
                var limit = context.CreateTimer(Second, CancellationToken.None);
                var late = await Task.WhenAny(work, limit) == limit;
                context.SetCustomStatus(late);
                return late;
            }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second);
        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus == "true", "the limit is over");
        release.SetResult();

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_timer_that_nobody_cancelled_keeps_the_instance_running()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var limit = context.CreateTimer(TimeSpan.FromSeconds(2), CancellationToken.None);
            await Task.WhenAny(limit, context.WaitForExternalEvent<string>("go"));
            context.SetCustomStatus("over");
            return "done";
        }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "go", "now");
        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus == "\"over\"", "the event came");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Timers_of_one_moment_all_fire()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var due = context.CurrentUtcDateTime.AddSeconds(0.2);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CreateTimer(due, CancellationToken.None)));
            return context.CurrentUtcDateTime >= due;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second / 5);

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_token_that_is_cancelled_after_the_timer_fired_changes_nothing()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(Second / 5, cancel.Token);
            await timer;
            cancel.Cancel();
            await timer;
            return "fired";
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Second / 5);

        Assert.Equal("fired", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_of_many_days_can_be_cancelled()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var reminder = context.CreateTimer(TimeSpan.FromDays(100), cancel.Token);
            var answer = await context.WaitForExternalEvent<string>("answer");
            cancel.Cancel();
            return answer;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "answer", "yes");

        Assert.Equal("yes", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }
}
