using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>
/// Rewinding failed instances, by the remarks of DurableTaskClient.RewindInstanceAsync (microsoft/durabletask-dotnet,
/// src/Client/Core/DurableTaskClient.cs).
/// </summary>
public sealed class RewindTests
{
    private bool _isBroken = true;

    [Fact]
    public async Task What_failed_runs_again_and_what_succeeded_does_not()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", async context =>
        {
            var first = await context.CallActivityAsync<int>("Count", 1);
            var second = await context.CallActivityAsync<int>("Break", 2);
            return first + second + await context.CallActivityAsync<int>("Count", 4);
        });
        await FailsAsync(hub, "o");

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(7, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal((2, 2), (hub.Calls("Count"), hub.Calls("Break")));
        Assert.Equal("fixed", Assert.Single(hub.Engine.GetHistory("o").OfType<HistoryEvent.Rewound>()).Reason);
    }

    [Fact]
    public async Task It_can_be_rewound_as_often_as_it_fails()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", context => context.CallActivityAsync<int>("Break", 2));
        await FailsAsync(hub, "o");

        await hub.Client.RewindInstanceAsync("o", "hope");
        await hub.IsAsync("o", OrchestrationRuntimeStatus.Failed);
        await MendAndRewindAsync(hub, "o");

        Assert.Equal(2, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal(3, hub.Calls("Break"));
    }

    [Fact]
    public async Task Every_failed_branch_of_a_fan_out_runs_again_and_only_those()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", async context => (await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => context.CallActivityAsync<int>(i % 3 == 0 ? "Break" : "Count", i)))).Sum());
        await FailsAsync(hub, "o");

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(45, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal((6, 8), (hub.Calls("Count"), hub.Calls("Break")));
    }

    [Fact]
    public async Task An_activity_that_failed_after_all_its_retries_runs_once_more_and_is_retried_as_its_policy_says()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", context => context.CallActivityAsync<int>(
            "Break", 2, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1)))));
        await hub.ScheduleAsync("O", id: "o");
        await hub.AdvanceAsync(TimeSpan.FromSeconds(1));
        await hub.IsAsync("o", OrchestrationRuntimeStatus.Failed);

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(2, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal(3, hub.Calls("Break"));
    }

    [Fact]
    public async Task Failed_sub_orchestrations_are_rewound_with_it()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("Leaf", async context =>
        {
            await context.CallActivityAsync<int>("Count", 1);
            return await context.CallActivityAsync<int>(context.GetInput<int>() == 1 ? "Break" : "Count", 2);
        });
        hub.Orchestrator("Middle", context => context.CallSubOrchestratorAsync<int>("Leaf", 1, new SubOrchestrationOptions(instanceId: "leaf")));
        hub.Orchestrator("O", async context => (await Task.WhenAll(
            context.CallSubOrchestratorAsync<int>("Middle", null, new SubOrchestrationOptions(instanceId: "middle")),
            context.CallSubOrchestratorAsync<int>("Leaf", 2, new SubOrchestrationOptions(instanceId: "well")))).Sum());
        await FailsAsync(hub, "o");

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(4, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal(2, (await hub.EndAsync("leaf")).ReadOutputAs<int>());
        Assert.Equal(2, (await hub.EndAsync("middle")).ReadOutputAs<int>());
        Assert.Equal((3, 2), (hub.Calls("Count"), hub.Calls("Break")));
        Assert.Empty(hub.Engine.GetHistory("well").OfType<HistoryEvent.Rewound>());
    }

    [Fact]
    public async Task A_sub_orchestration_that_was_purged_or_terminated_starts_anew()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("Leaf", context => context.CallActivityAsync<int>("Break", context.GetInput<int>()));
        hub.Orchestrator("O", async context => (await Task.WhenAll(
            context.CallSubOrchestratorAsync<int>("Leaf", 1, new SubOrchestrationOptions(instanceId: "purged")),
            context.CallSubOrchestratorAsync<int>("Wait", 2, new SubOrchestrationOptions(instanceId: "terminated")))).Sum());
        hub.Orchestrator("Wait", context => _isBroken ? context.WaitForExternalEvent<int>("never") : Task.FromResult(2));
        await hub.ScheduleAsync("O", id: "o");
        await hub.BegunAsync("terminated");
        await hub.Client.TerminateInstanceAsync("terminated");
        await hub.IsAsync("o", OrchestrationRuntimeStatus.Failed);
        await hub.Client.PurgeInstanceAsync("purged");

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(3, (await hub.EndAsync("o")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Code_that_was_mended_goes_on_where_it_threw()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", async context =>
        {
            var first = await context.CallActivityAsync<int>("Count", 1);
            return _isBroken ? throw new InvalidOperationException("a bug") : first + await context.CallActivityAsync<int>("Count", 2);
        });
        await FailsAsync(hub, "o");

        await MendAndRewindAsync(hub, "o");

        Assert.Equal(3, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal(2, hub.Calls("Count"));
    }

    [Fact]
    public async Task An_instance_that_met_other_code_goes_on_once_its_own_is_back()
    {
        await using var hub = await StartAsync();
        Func<TaskOrchestrationContext, Task<int>> code = async context =>
        {
            var first = await context.CallActivityAsync<int>("Count", 1);
            return first + await context.WaitForExternalEvent<int>("go");
        };
        hub.Orchestrator("O", code);
        await hub.ScheduleAsync("O", id: "o");
        await hub.HasAsync<HistoryEvent.TaskCompleted>("o");
        hub.Orchestrator("O", context => context.CallActivityAsync<int>("Break", 1));
        await hub.Client.RaiseEventAsync("o", "go", 2);
        await hub.IsAsync("o", OrchestrationRuntimeStatus.Failed);
        hub.Orchestrator("O", code);

        await hub.Client.RewindInstanceAsync("o", "rolled back");

        Assert.Equal(3, (await hub.EndAsync("o")).ReadOutputAs<int>());
        Assert.Equal(1, hub.Calls("Count"));
    }

    [Fact]
    public async Task It_keeps_its_times_its_status_and_its_labels_and_is_found_running()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("O", async context =>
        {
            context.SetCustomStatus("deep in it");
            await context.CallActivityAsync<int>("Break", 1);
            return await context.WaitForExternalEvent<int>("go");
        });
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "O", new StartOrchestrationOptions("o") { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } });
        await hub.IsAsync("o", OrchestrationRuntimeStatus.Failed);
        var failed = (await hub.Client.GetInstanceAsync("o"))!;
        hub.Clock.Advance(TimeSpan.FromDays(1));

        await MendAndRewindAsync(hub, "o");
        await hub.HasAsync<HistoryEvent.TaskCompleted>("o");

        var running = (await hub.Client.GetInstanceAsync("o", getInputsAndOutputs: true))!;
        Assert.Equal(OrchestrationRuntimeStatus.Running, running.RuntimeStatus);
        Assert.Equal((failed.CreatedAt, "deep in it"), (running.CreatedAt, running.ReadCustomStatusAs<string>()));
        Assert.Equal(failed.LastUpdatedAt.AddDays(1), running.LastUpdatedAt);
        Assert.Equal("b", running.Tags["a"]);
        Assert.Null(running.FailureDetails);
    }

    [Fact]
    public async Task Only_an_instance_that_has_failed_can_be_rewound()
    {
        await using var hub = await StartAsync();
        hub.Orchestrator("End", _ => Task.FromResult(1));
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        await hub.RunAsync("End", id: "completed");
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "running"));
        await hub.ScheduleAsync("Wait", id: "terminated");
        await hub.Client.TerminateInstanceAsync("terminated");
        await hub.EndAsync("terminated");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("pending", hub.Clock.GetUtcNow().AddDays(1)));

        foreach (var id in new[] { "completed", "running", "terminated", "pending" })
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RewindInstanceAsync(id, "why not"));
            Assert.Contains(id, refused.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RewindInstanceAsync("missing", "why not"));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RewindInstanceAsync("@counter@1", "why not"));
    }

    [Fact]
    public async Task The_records_of_a_rewound_hub_make_the_same_hub_again()
    {
        var log = new HubLogTests.RecordingLog();
        await using var hub = await StartAsync(log);
        hub.Orchestrator("Leaf", context => context.CallActivityAsync<int>("Break", 1));
        hub.Orchestrator("O", async context =>
        {
            await context.CallActivityAsync<int>("Count", 1);
            return await context.CallSubOrchestratorAsync<int>("Leaf", null, new SubOrchestrationOptions(instanceId: "leaf"));
        });
        await FailsAsync(hub, "o");
        await MendAndRewindAsync(hub, "o");
        await hub.EndAsync("o");
        await hub.Engine.StopAsync(CancellationToken.None);

        var rebuilt = new HubTables();
        foreach (var record in log.Records)
        {
            rebuilt.Apply(record);
        }

        Assert.Equal(2, rebuilt.All.Count);
        Assert.All(rebuilt.All, entry => Assert.Equal(hub.Engine.GetHistory(entry.State.InstanceId), entry.History));
        Assert.All(rebuilt.All, entry => Assert.Equal(OrchestrationRuntimeStatus.Completed, entry.State.Status));
    }

    private async Task<TestHub> StartAsync(IHubLog? log = null)
    {
        var hub = await TestHub.StartAsync(log: log);
        return hub.Activity<int, int>("Count", n => n)
            .Activity<int, int>("Break", n => _isBroken ? throw new InvalidDataException("bad") : n);
    }

    private static async Task FailsAsync(TestHub hub, string id) =>
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("O", id: id)).RuntimeStatus);

    private async Task MendAndRewindAsync(TestHub hub, string id)
    {
        _isBroken = false;
        await hub.Client.RewindInstanceAsync(id, "fixed");
    }
}
