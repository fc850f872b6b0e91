using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class FanOutTests
{
    [Fact]
    public async Task Results_of_a_fan_out_come_in_the_order_of_the_calls()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<int, int>("Square", n => n * n).Orchestrator("Squares", context =>
            Task.WhenAll(Enumerable.Range(0, 20).Select(n => context.CallActivityAsync<int>("Square", n))));

        var ended = await hub.RunAsync("Squares");

        Assert.Equal(Enumerable.Range(0, 20).Select(n => n * n), ended.ReadOutputAs<int[]>()!);
        Assert.Equal(20, hub.Calls("Square"));
    }

    [Fact]
    public async Task A_fan_out_of_two_thousand_activities_counts_each_once()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<int, int>("One", _ => 1).Orchestrator("Sum", async context =>
            (await Task.WhenAll(Enumerable.Range(0, 2_000).Select(n => context.CallActivityAsync<int>("One", n)))).Sum());

        var ended = await hub.RunAsync("Sum", id: "sum");

        Assert.Equal(2_000, ended.ReadOutputAs<int>());
        Assert.Equal(2_000, hub.Calls("One"));
        Assert.Equal(2_000, hub.Engine.GetHistory("sum").OfType<HistoryEvent.TaskCompleted>().Count());
    }

    [Fact]
    public async Task A_failing_branch_fails_the_join_after_all_branches_have_ended()
    {
        await using var hub = await TestHub.StartAsync();
        var ended = 0;
        hub.Activity<int, int>("Work", n =>
        {
            Interlocked.Increment(ref ended);
            return n == 3 ? throw new InvalidDataException("three") : n;
        }).Orchestrator("Join", context => Task.WhenAll(Enumerable.Range(0, 6).Select(n => context.CallActivityAsync<int>("Work", n))));

        var result = await hub.RunAsync("Join");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.RuntimeStatus);
        Assert.Equal(typeof(InvalidDataException).FullName, result.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal(6, ended);
    }

    [Fact]
    public async Task The_first_of_several_activities_wins_a_WhenAny()
    {
        await using var hub = await TestHub.StartAsync();
        var release = new TaskCompletionSource();
        hub.Code.Activity("Slow", async (_, _) =>
        {
            await release.Task;
            return "slow";
        });
        hub.Activity<string, string>("Fast", _ => "fast").Orchestrator("Race", async context =>
        {
            var first = await Task.WhenAny(context.CallActivityAsync<string>("Slow"), context.CallActivityAsync<string>("Fast"));
            context.SetCustomStatus(await first);
            return await first;
        });

        var id = await hub.ScheduleAsync("Race");
        await Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, true))!.ReadCustomStatusAs<string>() == "fast", "the fast one won");
        release.SetResult();

        Assert.Equal("fast", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_allowed()
    {
        await using var hub = await TestHub.StartAsync(new DurableTaskEngineOptions { MaxConcurrentActivities = 3 });
        var running = 0;
        var most = 0;
        hub.Code.Activity("Work", async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return null;
        });
        hub.Orchestrator("Many", async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => context.CallActivityAsync("Work")));
            return 0;
        });

        await hub.RunAsync("Many");

        Assert.Equal(60, hub.Calls("Work"));
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Five_hundred_instances_at_once_all_end_and_every_call_is_counted()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Three", async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.CallActivityAsync("Hello", context.InstanceId);
            }

            return context.InstanceId;
        });

        var ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => hub.ScheduleAsync("Three", id: $"i{i}")));
        var ended = await Task.WhenAll(ids.Select(hub.EndAsync));

        Assert.All(ended, e => Assert.Equal(e.InstanceId, e.ReadOutputAs<string>()));
        Assert.Equal(1_500, hub.Calls("Hello"));
        Assert.Equal(500, hub.Code.Calls.GroupBy(c => c.InstanceId).Count(calls => calls.Count() == 3));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
