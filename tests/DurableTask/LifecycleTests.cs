using EventFunctions.Tests.Support;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task What_comes_in_while_stopped_is_done_after_the_next_start()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", "you"));
        await hub.Engine.StopAsync(CancellationToken.None);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.ScheduleAsync("Greet")));
        Assert.Equal((0, 20), (hub.Code.Episodes, hub.Engine.Counts.Instances));

        await hub.Engine.StartAsync(CancellationToken.None);

        Assert.All(await Task.WhenAll(ids.Select(hub.EndAsync)), e => Assert.Equal("Hello you!", e.ReadOutputAs<string>()));
        Assert.Equal(20, hub.Calls("Hello"));
    }

    [Fact]
    public async Task A_stop_waits_for_the_activity_in_flight_and_keeps_its_result()
    {
        await using var hub = await TestHub.StartAsync();
        var release = new TaskCompletionSource();
        hub.Code.Activity("Slow", async (_, _) =>
        {
            await release.Task;
            return 5;
        });
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"));
        var id = await hub.ScheduleAsync("Call");
        await Eventually.HoldsAsync(() => hub.Calls("Slow") == 1, "the activity runs");

        var stop = hub.Engine.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        release.SetResult();
        await stop;
        Assert.Equal(0, hub.Engine.Counts.QueuedActivities);
        await hub.Engine.StartAsync(CancellationToken.None);

        Assert.Equal(5, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, hub.Calls("Slow"));
    }

    [Fact]
    public async Task An_activity_that_is_given_up_at_a_stop_runs_again_and_counts_once()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Code.Activity("Slow", async (_, abort) =>
        {
            if (hub.Calls("Slow") == 1)
            {
                await Task.Delay(Timeout.Infinite, abort);
            }

            return 5;
        });
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"));
        var id = await hub.ScheduleAsync("Call");
        await Eventually.HoldsAsync(() => hub.Calls("Slow") == 1, "the activity runs");

        await hub.Engine.StopAsync(new CancellationToken(canceled: true));
        await hub.Engine.StartAsync(CancellationToken.None);

        Assert.Equal(5, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, hub.Calls("Slow"));
        Assert.Single(hub.Engine.GetHistory(id).OfType<HistoryEvent.TaskCompleted>());
    }

    [Fact]
    public async Task A_timer_that_falls_due_while_stopped_fires_after_the_start()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 1;
        });
        var id = await hub.ScheduleAsync("Sleep");
        await hub.AdvanceAsync(TimeSpan.Zero);
        await hub.Engine.StopAsync(CancellationToken.None);
        hub.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, hub.Engine.Counts.WaitingTimers);

        await hub.Engine.StartAsync(CancellationToken.None);

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Stops_and_starts_under_load_lose_and_double_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Three", async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.CallActivityAsync("Hello", $"{i}");
            }

            return await context.WaitForExternalEvent<int>("go");
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hub.ScheduleAsync("Three", id: $"i{i}")));
        for (var i = 0; i < 5; i++)
        {
            await hub.Engine.StopAsync(CancellationToken.None);
            await Task.WhenAll(ids.Skip(i * 40).Take(40).Select(id => hub.Client.RaiseEventAsync(id, "go", 1)));
            await hub.Engine.StartAsync(CancellationToken.None);
        }

        var ended = await Task.WhenAll(ids.Select(hub.EndAsync));

        Assert.Equal(200, ended.Sum(e => e.ReadOutputAs<int>()));
        Assert.Equal(600, hub.Calls("Hello"));
        Assert.Equal(200, hub.Code.Calls.GroupBy(c => c.InstanceId).Count(calls => calls.Select(c => c.TaskId).Order().SequenceEqual([0, 1, 2])));
    }

    [Fact]
    public async Task What_is_registered_with_an_episode_is_disposed_of_although_the_code_still_waits()
    {
        await using var hub = await TestHub.StartAsync();
        var resource = new Resource();
        hub.Orchestrator("Wait", context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(resource);
            return context.WaitForExternalEvent<int>("never");
        });

        await hub.BegunAsync(await hub.ScheduleAsync("Wait"));

        Assert.Equal(1, resource.Disposals);
    }

    [Fact]
    public void Limits_below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaxConcurrentActivities = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaxConcurrentOrchestrators = 0 });
    }

    private sealed class Resource : IAsyncDisposable
    {
        public int Disposals { get; private set; }

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return ValueTask.CompletedTask;
        }
    }
}
