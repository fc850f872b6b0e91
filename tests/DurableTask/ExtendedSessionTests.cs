using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class ExtendedSessionTests
{
    private static readonly DurableTaskEngineOptions Always = new() { ExtendedSessionFrom = 0 };

    [Fact]
    public async Task Code_that_is_left_waiting_is_run_once_and_never_replays()
    {
        await using var hub = await TestHub.StartAsync(Always);
        hub.Hello().Orchestrator("Five", async context =>
        {
            var seen = new List<bool>();
            for (var i = 0; i < 5; i++)
            {
                await context.CallActivityAsync("Hello", "x");
                seen.Add(context.IsReplaying);
            }

            return seen;
        });

        Assert.Equal(new bool[5], (await hub.RunAsync("Five")).ReadOutputAs<bool[]>()!);
        Assert.Equal(1, hub.Code.Episodes);
    }

    [Fact]
    public async Task A_long_history_is_not_replayed_for_every_event_and_a_short_one_is()
    {
        await using var hub = await TestHub.StartAsync(new DurableTaskEngineOptions { ExtendedSessionFrom = 30 });
        hub.Orchestrator("Count", async context =>
        {
            var sum = 0;
            for (var i = 0; i < 60; i++)
            {
                sum += await context.WaitForExternalEvent<int>("n");
            }

            return sum;
        });
        var id = await hub.ScheduleAsync("Count");
        await hub.BegunAsync(id);
        for (var i = 0; i < 60; i++)
        {
            await hub.Client.RaiseEventAsync(id, "n", 1);
            await hub.HasAsync<HistoryEvent.EventReceived>(id, i + 1);
        }

        Assert.Equal(60, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.InRange(hub.Code.Episodes, 10, 20);
    }

    [Fact]
    public async Task There_is_room_for_so_many_and_what_is_let_go_is_replayed_and_disposed_of()
    {
        await using var hub = await TestHub.StartAsync(Always with { MaxExtendedSessions = 2 });
        var disposals = 0;
        hub.Orchestrator("Three", async context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(new Disposal(() => Interlocked.Increment(ref disposals)));
            var sum = 0;
            for (var i = 0; i < 3; i++)
            {
                sum += await context.WaitForExternalEvent<int>("n");
            }

            return sum;
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => hub.ScheduleAsync("Three", id: $"i{i}")));
        for (var round = 1; round <= 3; round++)
        {
            foreach (var id in ids)
            {
                await hub.BegunAsync(id);
                await hub.Client.RaiseEventAsync(id, "n", 1);
                await hub.HasAsync<HistoryEvent.EventReceived>(id, round);
            }
        }

        Assert.All(await Task.WhenAll(ids.Select(hub.EndAsync)), ended => Assert.Equal(3, ended.ReadOutputAs<int>()));
        Assert.InRange(hub.Code.Episodes, 6, 20);
        await Eventually.HoldsAsync(() => disposals == hub.Code.Episodes, "every run of the code was let go");
    }

    [Fact]
    public async Task Code_that_has_been_idle_for_too_long_is_let_go_and_replayed_when_it_is_needed_again()
    {
        await using var hub = await TestHub.StartAsync(Always with { ExtendedSessionIdleTime = TimeSpan.FromSeconds(30) });
        var disposals = 0;
        hub.Orchestrator("Three", async context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(new Disposal(() => Interlocked.Increment(ref disposals)));
            return await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
        });
        var (idle, busy) = (await hub.ScheduleAsync("Three"), await hub.ScheduleAsync("Three"));
        await hub.BegunAsync(idle);
        await hub.BegunAsync(busy);
        await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingCode == 2, "both wait");
        hub.Clock.Advance(TimeSpan.FromSeconds(20));
        await RaiseAsync(busy, 1);
        await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingCode == 2, "both wait again");

        hub.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.HoldsAsync(() => Volatile.Read(ref disposals) == 1, "the idle one is let go");
        await RaiseAsync(idle, 1);
        await RaiseAsync(busy, 2);

        Assert.Equal(3, hub.Code.Episodes);
        await RaiseAsync(idle, 2);
        await RaiseAsync(idle, 3);
        await RaiseAsync(busy, 3);
        Assert.Equal((3, 3), ((await hub.EndAsync(idle)).ReadOutputAs<int>(), (await hub.EndAsync(busy)).ReadOutputAs<int>()));
        Assert.Equal(3, hub.Code.Episodes);

        async Task RaiseAsync(string id, int count)
        {
            await hub.Client.RaiseEventAsync(id, "n", 1);
            await hub.HasAsync<HistoryEvent.EventReceived>(id, count);
        }
    }

    [Fact]
    public async Task A_stop_lets_the_code_go_and_the_next_start_replays_it()
    {
        await using var hub = await TestHub.StartAsync(Always);
        var disposals = 0;
        hub.Orchestrator("Two", async context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(new Disposal(() => disposals++));
            return await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
        });
        var id = await hub.ScheduleAsync("Two");
        await hub.Client.RaiseEventAsync(id, "n", 1);
        await hub.HasAsync<HistoryEvent.EventReceived>(id);
        await hub.Engine.StopAsync(CancellationToken.None);
        var before = (disposals, hub.Code.Episodes);
        await hub.Engine.StartAsync(CancellationToken.None);
        await hub.Client.RaiseEventAsync(id, "n", 2);

        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal((1, 1), before);
        Assert.Equal(2, hub.Code.Episodes);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_between_two_episodes_is_met_as_a_replay_would_meet_it()
    {
        await using var hub = await TestHub.StartAsync(Always);
        using var outside = new CancellationTokenSource();
        hub.Orchestrator("Bad", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), outside.Token);
            return 0;
        });
        var id = await hub.ScheduleAsync("Bad");
        await hub.BegunAsync(id);

        Assert.Null(Record.Exception(outside.Cancel));
        await hub.AdvanceAsync(TimeSpan.FromHours(1));

        var ended = await hub.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("the history says that timer #0 was decided here", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_code_s_own_still_cancels_a_wait_of_an_earlier_episode()
    {
        await using var hub = await TestHub.StartAsync(Always);
        hub.Hello().Orchestrator("Race", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            var wait = context.WaitForExternalEvent<int>("never", cancel.Token);
            await context.CallActivityAsync("Hello", "x");
            await context.CallActivityAsync("Hello", "y");
            cancel.Cancel();
            return (timer.IsCanceled, wait.IsCanceled);
        });

        var ended = await hub.RunAsync("Race");

        Assert.Equal((true, true), ended.ReadOutputAs<(bool, bool)>());
        Assert.Equal(1, hub.Code.Episodes);
    }

    [Fact]
    public async Task What_goes_on_outside_its_thread_while_it_waits_fails()
    {
        await using var hub = await TestHub.StartAsync(Always);
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Orchestrator("Bad", async context =>
        {
            var e = context.WaitForExternalEvent<int>("never");
            await other.Task;
            return await e;
        });
        var id = await hub.ScheduleAsync("Bad");
        await hub.BegunAsync(id);

        other.SetResult();

        Assert.Contains("invalid asynchronous invocation", (await hub.EndAsync(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminating_suspending_and_continuing_as_new_work_on_code_that_waits()
    {
        await using var hub = await TestHub.StartAsync(Always);
        var disposals = 0;
        hub.Orchestrator("Again", async context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(new Disposal(() => Interlocked.Increment(ref disposals)));
            var n = context.GetInput<int>() + await context.WaitForExternalEvent<int>("n");
            if (n < 3)
            {
                context.ContinueAsNew(n);
            }

            return n;
        });
        var (counted, terminated) = (await hub.ScheduleAsync("Again", 0), await hub.ScheduleAsync("Again", 0));
        await hub.BegunAsync(counted);
        await hub.Client.SuspendInstanceAsync(counted);
        await hub.IsAsync(counted, OrchestrationRuntimeStatus.Suspended);
        for (var i = 0; i < 3; i++)
        {
            await hub.Client.RaiseEventAsync(counted, "n", 1);
        }

        await hub.Client.ResumeInstanceAsync(counted);
        await hub.BegunAsync(terminated);
        await hub.Client.TerminateInstanceAsync(terminated, "enough");

        Assert.Equal(3, (await hub.EndAsync(counted)).ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(terminated)).RuntimeStatus);
        await Eventually.HoldsAsync(() => disposals == hub.Code.Episodes, "all are let go");
    }

    [Fact]
    public void Limits_below_zero_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { MaxExtendedSessions = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurableTaskEngineOptions { ExtendedSessionFrom = -1 });
    }

    private sealed class Disposal(Action disposed) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            disposed();
            return ValueTask.CompletedTask;
        }
    }
}
