using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task An_instance_starts_over_with_new_input_the_same_id_and_an_empty_history()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Loop", async context =>
        {
            var n = context.GetInput<int>();
            await context.CallActivityAsync("Hello", $"{n}");
            if (n < 10)
            {
                context.ContinueAsNew(n + 1);
            }

            return n;
        });

        var ended = await hub.RunAsync("Loop", 1, "loop");

        Assert.Equal(10, ended.ReadOutputAs<int>());
        Assert.Equal(10, hub.Calls("Hello"));
        Assert.Single(hub.Engine.GetHistory("loop").OfType<HistoryEvent.ActivityScheduled>());
        Assert.Equal(10, ended.ReadInputAs<int>());
    }

    [Fact]
    public async Task Events_nobody_has_read_are_carried_over_in_order()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Carry", async context =>
        {
            var seen = context.GetInput<List<int>>()!;
            seen.Add(await context.WaitForExternalEvent<int>("n"));
            if (seen.Count < 5)
            {
                context.ContinueAsNew(seen);
            }

            return seen;
        });
        await hub.Engine.StopAsync(CancellationToken.None);
        var id = await hub.ScheduleAsync("Carry", new List<int>());
        for (var i = 0; i < 5; i++)
        {
            await hub.Client.RaiseEventAsync(id, "n", i);
        }

        await hub.Engine.StartAsync(CancellationToken.None);

        var seen = (await hub.EndAsync(id)).ReadOutputAs<int[]>()!;
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public void Unread_events_keep_the_order_of_arrival_whatever_their_times_say()
    {
        // An orchestration stamps what it sends with the time its episode began: a client's event may come between the two.
        var events = new ExternalEvents(JsonDataConverter.Default, new TokenWatches());
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        events.Raise(new HistoryEvent.EventReceived("n", "1") { Timestamp = noon });
        events.Raise(new HistoryEvent.EventReceived("m", "2") { Timestamp = noon });
        events.Raise(new HistoryEvent.EventReceived("N", "3") { Timestamp = noon - TimeSpan.FromSeconds(1) });

        Assert.Equal(["1", "2", "3"], events.Unread.Select(e => e.Payload));
    }

    [Fact]
    public async Task Unread_events_are_dropped_if_they_are_not_to_be_preserved()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Drop", async context =>
        {
            if (context.GetInput<string>() is { } _)
            {
                return await context.WaitForExternalEvent<string>("e");
            }

            await context.WaitForExternalEvent<object>("go");
            context.ContinueAsNew("second", preserveUnprocessedEvents: false);
            return "";
        });
        var id = await hub.ScheduleAsync("Drop");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "e", "old");
        await hub.HasAsync<HistoryEvent.EventReceived>(id);
        await hub.Client.RaiseEventAsync(id, "go");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, true))!.ReadInputAs<string>() == "second", "the second generation runs");
        await hub.Client.RaiseEventAsync(id, "e", "new");

        Assert.Equal("new", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Starting_over_waits_for_open_tasks()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Gate", context =>
        {
            if (context.GetInput<int>() == 0)
            {
                _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                context.ContinueAsNew(1);
            }

            return Task.FromResult(context.GetInput<int>());
        });
        var id = await hub.ScheduleAsync("Gate", 0);
        await hub.HasAsync<HistoryEvent.TimerCreated>(id);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Code_after_the_call_still_runs_and_an_exception_there_fails_the_instance()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator<int>("Throw", context =>
        {
            context.ContinueAsNew(1);
            throw new InvalidDataException("after all");
        });

        Assert.True((await hub.RunAsync("Throw")).FailureDetails!.IsCausedBy<InvalidDataException>());
    }

    [Fact]
    public async Task A_new_version_is_seen_by_the_next_generation()
    {
        await using var hub = await TestHub.StartAsync(new DurableTaskEngineOptions { DefaultVersion = "1.0" });
        hub.Orchestrator("Upgrade", context =>
        {
            if (context.CompareVersionTo("2.0") < 0)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2.0" });
            }

            return Task.FromResult(context.Version);
        });

        Assert.Equal("2.0", (await hub.RunAsync("Upgrade")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_that_starts_over_answers_its_parent_when_it_ends()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Child", context =>
        {
            var n = context.GetInput<int>();
            if (n < 3)
            {
                context.ContinueAsNew(n + 1);
            }

            return Task.FromResult(n);
        });
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Child", 0));

        Assert.Equal(3, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }
}
