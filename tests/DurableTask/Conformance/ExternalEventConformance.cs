namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// External events (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-external-events; the order of waiters by
/// microsoft/durabletask-dotnet, pull request 509).
/// </summary>
public sealed class ExternalEventConformance
{
    [Fact]
    public async Task An_event_ends_the_wait_with_its_payload()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => context.WaitForExternalEvent<Approval>("Approval")));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "Approval", new Approval(true, "eve"));

        Assert.Equal(new Approval(true, "eve"), (await hub.EndAsync(id)).ReadOutputAs<Approval>());
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("APPROVAL")]
    public async Task Names_are_the_same_whatever_their_letter_case(string name)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => context.WaitForExternalEvent<int>("Approval")));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, name, 3);

        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_that_come_before_they_are_awaited_are_kept_in_order()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            await context.WaitForExternalEvent<int>("go");
            return new[]
            {
                await context.WaitForExternalEvent<int>("number"),
                await context.WaitForExternalEvent<int>("number"),
                await context.WaitForExternalEvent<int>("number"),
            };
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        foreach (var n in new[] { 1, 2, 3 })
        {
            await hub.Client.RaiseEventAsync(id, "number", n);
        }

        await hub.Client.RaiseEventAsync(id, "go", 0);

        var result = (await hub.EndAsync(id)).ReadOutputAs<int[]>()!;

        Assert.Equal([1, 2, 3], result);
    }

    [Fact]
    public async Task Of_several_waiters_the_newest_is_served_first()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var (first, second) = (context.WaitForExternalEvent<int>("number"), context.WaitForExternalEvent<int>("number"));
            await Task.WhenAll(first, second);
            return $"{await first} {await second}";
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "number", 1);
        await hub.Client.RaiseEventAsync(id, "number", 2);

        Assert.Equal("2 1", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Whichever_of_several_events_comes_first_wins()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var (yes, no) = (context.WaitForExternalEvent<int>("yes"), context.WaitForExternalEvent<int>("no"));
            return await Task.WhenAny(yes, no) == yes ? "yes" : "no";
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "no", 0);

        Assert.Equal("no", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task All_of_several_events_can_be_awaited()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context => (await Task.WhenAll(
            context.WaitForExternalEvent<int>("a"), context.WaitForExternalEvent<int>("b"), context.WaitForExternalEvent<int>("c"))).Sum()));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "c", 4);
        await hub.Client.RaiseEventAsync(id, "a", 1);
        await hub.Client.RaiseEventAsync(id, "b", 2);

        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_event_without_a_payload_is_null()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
            await context.WaitForExternalEvent<string?>("text") is null && await context.WaitForExternalEvent<int?>("number") is null));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "text");
        await hub.Client.RaiseEventAsync(id, "number");

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task An_event_without_a_payload_can_t_be_awaited_as_a_value()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => context.WaitForExternalEvent<int>("number")));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "number");

        Assert.Equal(Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_wait_with_a_time_limit_is_cancelled_when_it_is_over()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            try
            {
                await context.WaitForExternalEvent<int>("go", TimeSpan.FromSeconds(1));
                return "came";
            }
            catch (OperationCanceledException cancelled)
            {
                return cancelled.GetType().Name;
            }
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("TaskCanceledException", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_in_time_wins_and_the_instance_need_not_wait_for_the_limit()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator(
            "O", context => context.WaitForExternalEvent<int>("go", TimeSpan.FromDays(2))));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);

        await hub.Client.RaiseEventAsync(id, "go", 6);

        Assert.Equal(6, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var never = context.WaitForExternalEvent<int>("never", cancel.Token);
            cancel.Cancel();
            try
            {
                return await never;
            }
            catch (TaskCanceledException)
            {
                return -1;
            }
        }));

        Assert.Equal(-1, (await hub.RunAsync("O")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task One_name_is_not_awaited_as_two_types_at_once()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            _ = context.WaitForExternalEvent<int>("go");
            try
            {
                await context.WaitForExternalEvent<string>("go");
                return "allowed";
            }
            catch (ArgumentException)
            {
                return "refused";
            }
        }));

        Assert.Equal("refused", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestration_sends_an_event_to_another_and_to_itself()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Waits", context => context.WaitForExternalEvent<string>("go"))
            .Orchestrator("Sends", async context =>
            {
                context.SendEvent(context.GetInput<string>()!, "go", "from another");
                context.SendEvent(context.InstanceId, "go", "from myself");
                return await context.WaitForExternalEvent<string>("go");
            }));
        var waiting = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await hub.BegunAsync(waiting);

        var sender = await hub.RunAsync("Sends", waiting);

        Assert.Equal("from myself", sender.ReadOutputAs<string>());
        Assert.Equal("from another", (await hub.EndAsync(waiting)).ReadOutputAs<string>());
    }

    internal sealed record Approval(bool IsApproved, string By);
}
