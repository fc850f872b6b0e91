using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class ExternalEventTests
{
    [Fact]
    public async Task An_event_reaches_its_waiter_with_its_payload()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Number"));
        var id = await hub.ScheduleAsync("Wait");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "nUMBER", 42);

        Assert.Equal(42, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_that_come_before_the_wait_are_kept_in_order()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Collect", async context =>
        {
            await context.WaitForExternalEvent<object>("start");
            var seen = new List<int>();
            for (var i = 0; i < 5; i++)
            {
                seen.Add(await context.WaitForExternalEvent<int>("n"));
            }

            return seen;
        });
        var id = await hub.ScheduleAsync("Collect");
        for (var i = 0; i < 5; i++)
        {
            await hub.Client.RaiseEventAsync(id, "n", i);
        }

        await hub.Client.RaiseEventAsync(id, "start");

        Assert.Equal(new[] { 0, 1, 2, 3, 4 }, (await hub.EndAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task Of_several_waiters_the_newest_is_served_first()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Stack", async context =>
        {
            var oldest = context.WaitForExternalEvent<string>("e");
            var middle = context.WaitForExternalEvent<string>("e");
            var newest = context.WaitForExternalEvent<string>("e");
            return await Task.WhenAll(oldest, middle, newest);
        });
        var id = await hub.ScheduleAsync("Stack");
        await hub.BegunAsync(id);
        foreach (var payload in new[] { "first", "second", "third" })
        {
            await hub.Client.RaiseEventAsync(id, "e", payload);
        }

        Assert.Equal(["third", "second", "first"], (await hub.EndAsync(id)).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task A_wait_that_times_out_is_cancelled()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("e", TimeSpan.FromDays(14));
            }
            catch (TaskCanceledException)
            {
                return "too late";
            }
        });
        var id = await hub.ScheduleAsync("Wait");
        await hub.AdvanceAsync(TimeSpan.FromDays(14));

        Assert.Equal("too late", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_in_time_cancels_the_timer_and_the_instance_completes_at_once()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<string>("e", TimeSpan.FromDays(14)));
        var id = await hub.ScheduleAsync("Wait");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "e", "in time");

        Assert.Equal("in time", (await hub.EndAsync(id)).ReadOutputAs<string>());
        await Eventually.HoldsAsync(() => hub.Engine.Counts.WaitingTimers == 0, "no timer is left behind");
    }

    [Fact]
    public async Task An_uncancelled_timer_keeps_the_instance_running_until_it_fires()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Race", async context =>
        {
            var e = context.WaitForExternalEvent<string>("e");
            await Task.WhenAny(e, context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None));
            context.SetCustomStatus("past the race");
            return await e;
        });
        var id = await hub.ScheduleAsync("Race");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "e", "won");
        await hub.HasAsync<HistoryEvent.CustomStatusChanged>(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("won", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_cancelled_waiter_is_passed_over_and_the_event_kept_in_its_order()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Keep", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var live = context.WaitForExternalEvent<string>("e");
            var dead = context.WaitForExternalEvent<string>("e", cancel.Token);
            cancel.Cancel();
            await context.WaitForExternalEvent<string>("continue");
            return $"{dead.IsCanceled} {await live} {await context.WaitForExternalEvent<string>("e")} {await context.WaitForExternalEvent<string>("e")}";
        });
        var id = await hub.ScheduleAsync("Keep");
        await hub.BegunAsync(id);
        foreach (var text in new[] { "first", "second", "third" })
        {
            await hub.Client.RaiseEventAsync(id, "e", text);
        }

        await hub.Client.RaiseEventAsync(id, "continue", "");

        Assert.Equal("True first second third", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_newer_waiter_saves_the_event_from_a_cancelled_one()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Keep", async context =>
        {
            using var cancel = new CancellationTokenSource();
            _ = context.WaitForExternalEvent<string>("e", cancel.Token);
            cancel.Cancel();
            return await context.WaitForExternalEvent<string>("e");
        });
        var id = await hub.ScheduleAsync("Keep");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "e", "kept");

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_same_name_awaited_as_another_type_is_refused()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Types", async context =>
        {
            _ = context.WaitForExternalEvent<string>("e");
            return await context.WaitForExternalEvent<int>("E");
        });

        Assert.True((await hub.RunAsync("Types")).FailureDetails!.IsCausedBy<ArgumentException>());
    }

    [Fact]
    public async Task A_payload_of_the_wrong_shape_fails_in_the_orchestrator()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("e"));
        var id = await hub.ScheduleAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "e", "text");

        Assert.True((await hub.EndAsync(id)).FailureDetails!.IsCausedBy<System.Text.Json.JsonException>());
    }

    [Fact]
    public async Task An_event_without_a_payload_is_null()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", async context =>
            (await context.WaitForExternalEvent<string?>("a") ?? "null") + (await context.WaitForExternalEvent<int?>("b") ?? -1));
        var id = await hub.ScheduleAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "a");
        await hub.Client.RaiseEventAsync(id, "b");

        Assert.Equal("null-1", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_without_a_payload_is_no_value_and_says_so_where_it_is_awaited(bool before)
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", async context =>
        {
            if (before)
            {
                await context.WaitForExternalEvent<object?>("start");
            }

            return await context.WaitForExternalEvent<int>("number");
        });
        var id = await hub.ScheduleAsync("Wait");
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "number");
        await hub.Client.RaiseEventAsync(id, "start");

        var failure = (await hub.EndAsync(id)).FailureDetails!;

        Assert.Contains("'number'", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Int32?", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whichever_of_two_events_comes_first_wins_a_WhenAny()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Either", async context =>
        {
            var first = await Task.WhenAny(context.WaitForExternalEvent<string>("approve"), context.WaitForExternalEvent<string>("reject"));
            return await first;
        });
        var id = await hub.ScheduleAsync("Either");
        await hub.Client.RaiseEventAsync(id, "reject", "no");

        Assert.Equal("no", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_thousand_events_are_received_once_each()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Sum", async context =>
        {
            var sum = 0;
            for (var i = 0; i < 1_000; i++)
            {
                sum += await context.WaitForExternalEvent<int>("n");
            }

            return sum;
        });
        var id = await hub.ScheduleAsync("Sum");
        await Task.WhenAll(Enumerable.Range(1, 1_000).Select(n => hub.Client.RaiseEventAsync(id, "n", n)));

        Assert.Equal(500_500, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1_000, hub.Engine.GetHistory(id).OfType<HistoryEvent.EventReceived>().Count());
    }

    [Fact]
    public async Task Events_to_a_missing_or_an_ended_instance_are_refused()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("End", _ => Task.FromResult(1));
        await hub.RunAsync("End", id: "ended");

        var missing = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => hub.Client.RaiseEventAsync("missing", "e"));
        var ended = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => hub.Client.RaiseEventAsync("ended", "e"));

        Assert.Equal((Grpc.Core.StatusCode.NotFound, Grpc.Core.StatusCode.FailedPrecondition), (missing.StatusCode, ended.StatusCode));
    }
}
