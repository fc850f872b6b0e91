using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Starting, steering, finding and deleting instances
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management).
/// </summary>
public sealed class ManagementConformance
{
    [Fact]
    public async Task A_start_returns_the_id_it_was_given_or_a_new_one()
    {
        await using var hub = await StartAsync();

        var given = await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", new StartOrchestrationOptions("my-id"));
        var made = await hub.Client.ScheduleNewOrchestrationInstanceAsync("End");

        Assert.Equal("my-id", given);
        Assert.True(Guid.TryParseExact(made, "N", out _));
    }

    [Fact]
    public async Task Ids_differ_by_letter_case()
    {
        await using var hub = await StartAsync();

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 1, new StartOrchestrationOptions("a"));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, new StartOrchestrationOptions("A"));

        Assert.Equal((1, 2), ((await hub.EndAsync("a")).ReadOutputAs<int>(), (await hub.EndAsync("A")).ReadOutputAs<int>()));
    }

    [Fact]
    public async Task A_scheduled_start_is_pending_until_its_time()
    {
        await using var hub = await StartAsync();

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 5, new StartOrchestrationOptions("later", hub.Now.AddSeconds(4)));
        var pending = (await hub.Client.GetInstanceAsync("later", getInputsAndOutputs: true))!;
        await hub.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal((OrchestrationRuntimeStatus.Pending, "5"), (pending.RuntimeStatus, pending.SerializedInput));
        Assert.Equal(5, (await hub.EndAsync("later")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_start_time_that_is_past_starts_at_once()
    {
        await using var hub = await StartAsync();

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 5, new StartOrchestrationOptions("now", hub.Now.AddHours(-1)));

        Assert.Equal(5, (await hub.EndAsync("now")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_termination_ends_the_instance_with_its_output()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);

        await hub.Client.TerminateInstanceAsync(id, "enough");

        var ended = await hub.EndAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        Assert.True(ended.IsCompleted);
    }

    [Fact]
    public async Task A_terminated_instance_s_children_run_on_unless_it_is_recursive()
    {
        await using var hub = await StartAsync();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", "kid-1", new StartOrchestrationOptions("p-1"));
        await hub.IsAsync("kid-1", OrchestrationRuntimeStatus.Running);

        await hub.Client.TerminateInstanceAsync("p-1");
        await hub.EndAsync("p-1");

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync("kid-1"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_takes_nothing_until_it_is_resumed()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);

        await hub.Client.SuspendInstanceAsync(id, "later");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        await hub.Client.RaiseEventAsync(id, "go", 5);
        await hub.Client.RaiseEventAsync(id, "other", 5);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id, "now");

        Assert.Equal(5, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);

        await hub.Client.TerminateInstanceAsync(id, "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_is_neither_running_nor_complete()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);

        var suspended = (await hub.Client.GetInstanceAsync(id))!;

        Assert.Equal((false, false), (suspended.IsRunning, suspended.IsCompleted));
    }

    [Fact]
    public async Task An_ended_instance_is_purged_once()
    {
        await using var hub = await StartAsync();
        var id = (await hub.RunAsync("End", 1)).InstanceId;

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync(id));
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
    }

    [Fact]
    public async Task A_filter_purges_what_was_created_in_the_span_and_ended_so()
    {
        await using var hub = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await hub.RunAsync("End", i);
        }

        await hub.RunAsync("Break");
        var waiting = await WaitingAsync(hub);

        var purged = await hub.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(hub.Now.AddHours(-1), hub.Now.AddHours(1), [OrchestrationRuntimeStatus.Completed]));

        Assert.Equal(3, purged.PurgedInstanceCount);
        Assert.NotNull(await hub.Client.GetInstanceAsync(waiting));
    }

    [Fact]
    public async Task A_restart_takes_the_same_name_and_input_under_the_same_id()
    {
        await using var hub = await StartAsync();
        var ended = await hub.RunAsync("End", 7);

        var id = await hub.Client.RestartAsync(ended.InstanceId);

        Assert.Equal(ended.InstanceId, id);
        Assert.Equal(("End", 7), ((await hub.EndAsync(id)).Name, (await hub.EndAsync(id)).ReadOutputAs<int>()));
    }

    [Fact]
    public async Task A_restart_may_have_a_new_id()
    {
        await using var hub = await StartAsync();
        var ended = await hub.RunAsync("End", 7);

        var id = await hub.Client.RestartAsync(ended.InstanceId, restartWithNewInstanceId: true);

        Assert.NotEqual(ended.InstanceId, id);
        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.NotNull(await hub.Client.GetInstanceAsync(ended.InstanceId));
    }

    [Fact]
    public async Task A_missing_instance_is_not_restarted()
    {
        await using var hub = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("nobody"));
    }

    [Fact]
    public async Task Queries_select_by_prefix_and_status()
    {
        await using var hub = await StartAsync();
        foreach (var id in new[] { "a-1", "a-2", "b-1" })
        {
            await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 1, new StartOrchestrationOptions(id));
            await hub.EndAsync(id);
        }

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Break", new StartOrchestrationOptions("a-3"));
        await hub.EndAsync("a-3");

        Assert.Equal(["a-1", "a-2", "a-3"], await IdsAsync(hub, new OrchestrationQuery { InstanceIdPrefix = "a-" }));
        Assert.Equal(["a-3"], await IdsAsync(hub, new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Failed] }));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(
            hub, new OrchestrationQuery { InstanceIdPrefix = "a-", Statuses = [OrchestrationRuntimeStatus.Completed] }));
        Assert.Empty(await IdsAsync(hub, new OrchestrationQuery { CreatedFrom = hub.Now.AddHours(1) }));
        Assert.Equal(4, (await IdsAsync(hub, new OrchestrationQuery { CreatedFrom = hub.Now.AddHours(-1) })).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queries_fetch_payloads_only_if_asked_to(bool fetch)
    {
        await using var hub = await StartAsync();
        await hub.RunAsync("End", 1);

        await foreach (var instance in hub.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = fetch }))
        {
            Assert.Equal(fetch ? "1" : null, instance.SerializedOutput);
        }
    }

    [Fact]
    public async Task Pages_hold_every_instance_once()
    {
        await using var hub = await StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await hub.RunAsync("End", i);
        }

        var ids = new List<string>();
        await foreach (var page in hub.Client.GetAllInstancesAsync(new OrchestrationQuery { PageSize = 3 }).AsPages())
        {
            Assert.InRange(page.Values.Count, 0, 3);
            ids.AddRange(page.Values.Select(instance => instance.InstanceId));
        }

        Assert.Equal((7, 7), (ids.Count, ids.Distinct(StringComparer.Ordinal).Count()));
    }

    private static Task<ConformanceHub> StartAsync() => ConformanceHub.StartAsync(tasks => tasks
        .Orchestrator("End", context => Task.FromResult(context.GetInput<int>()))
        .Orchestrator<int>("Break", _ => throw new InvalidDataException("torn"))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"))
        .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>(
            "Wait", null, new SubOrchestrationOptions(instanceId: context.GetInput<string>()))));

    private static async Task<string> WaitingAsync(ConformanceHub hub)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);
        return id;
    }

    private static async Task<List<string>> IdsAsync(ConformanceHub hub, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var instance in hub.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }
}
