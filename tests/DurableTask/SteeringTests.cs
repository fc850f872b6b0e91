using EventFunctions.Tests.Support;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class SteeringTests
{
    [Fact]
    public async Task Termination_ends_a_waiting_instance_with_the_output()
    {
        await using var hub = await WaitingAsync("w");

        await hub.Client.TerminateInstanceAsync("w", "enough");

        var ended = await hub.EndAsync("w");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task The_result_of_an_activity_that_runs_on_after_a_termination_is_dropped()
    {
        await using var hub = await TestHub.StartAsync();
        var release = new TaskCompletionSource();
        var finished = new TaskCompletionSource();
        hub.Code.Activity("Slow", async (_, _) =>
        {
            await release.Task;
            finished.SetResult();
            return 1;
        });
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"));
        var id = await hub.ScheduleAsync("Call");
        await Eventually.HoldsAsync(() => hub.Calls("Slow") == 1, "the activity runs");
        await hub.Client.TerminateInstanceAsync(id);
        await hub.EndAsync(id);
        release.SetResult();
        await finished.Task;

        Assert.Empty(hub.Engine.GetHistory(id).OfType<HistoryEvent.TaskCompleted>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Children_are_terminated_only_recursively(bool recursive, OrchestrationRuntimeStatus expected)
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        hub.Orchestrator("Middle", context => context.CallSubOrchestratorAsync<int>("Wait", new SubOrchestrationOptions(instanceId: "leaf")));
        hub.Orchestrator("Top", context => context.CallSubOrchestratorAsync<int>("Middle", new SubOrchestrationOptions(instanceId: "middle")));
        await hub.ScheduleAsync("Top", id: "top");
        await hub.BegunAsync("leaf");

        await hub.Client.TerminateInstanceAsync("top", new TerminateInstanceOptions(Recursive: recursive));
        await hub.EndAsync("top");

        await hub.IsAsync("leaf", expected);
        await hub.IsAsync("middle", expected);
    }

    [Fact]
    public async Task A_suspended_instance_keeps_events_until_it_is_resumed()
    {
        await using var hub = await WaitingAsync("w");
        await hub.Client.SuspendInstanceAsync("w", "hold on");
        await hub.IsAsync("w", OrchestrationRuntimeStatus.Suspended);
        var episodes = hub.Code.Episodes;

        await hub.Client.RaiseEventAsync("w", "go", 5);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync("w"))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync("w");

        Assert.Equal(5, (await hub.EndAsync("w")).ReadOutputAs<int>());
        Assert.Equal(episodes + 1, hub.Code.Episodes);
    }

    [Fact]
    public async Task Results_that_come_while_suspended_wait_too()
    {
        await using var hub = await TestHub.StartAsync();
        var release = new TaskCompletionSource();
        hub.Code.Activity("Slow", async (_, _) =>
        {
            await release.Task;
            return 7;
        });
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"));
        var id = await hub.ScheduleAsync("Call");
        await hub.HasAsync<HistoryEvent.ActivityScheduled>(id);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        release.SetResult();
        await hub.Engine.StopAsync(CancellationToken.None);
        await hub.Engine.StartAsync(CancellationToken.None);

        Assert.Empty(hub.Engine.GetHistory(id).OfType<HistoryEvent.TaskCompleted>());
        await hub.Client.ResumeInstanceAsync(id);
        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        await using var hub = await WaitingAsync("w");
        await hub.Client.SuspendInstanceAsync("w");
        await hub.IsAsync("w", OrchestrationRuntimeStatus.Suspended);

        await hub.Client.TerminateInstanceAsync("w");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task Suspending_twice_and_resuming_a_running_instance_are_refused()
    {
        await using var hub = await WaitingAsync("w");
        var resume = await Assert.ThrowsAsync<RpcException>(() => hub.Client.ResumeInstanceAsync("w"));
        await hub.Client.SuspendInstanceAsync("w");
        var suspend = await Assert.ThrowsAsync<RpcException>(() => hub.Client.SuspendInstanceAsync("w"));

        Assert.Equal((StatusCode.FailedPrecondition, StatusCode.FailedPrecondition), (resume.StatusCode, suspend.StatusCode));
        Assert.Contains("Running", resume.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steering_a_missing_or_ended_instance_is_refused()
    {
        await using var hub = await WaitingAsync("w");
        await hub.Client.RaiseEventAsync("w", "go", 1);
        await hub.EndAsync("w");

        foreach (var steer in new Func<string, Task>[]
        {
            id => hub.Client.TerminateInstanceAsync(id), id => hub.Client.SuspendInstanceAsync(id), id => hub.Client.ResumeInstanceAsync(id),
        })
        {
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => steer("missing"))).StatusCode);
            Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => steer("w"))).StatusCode);
        }
    }

    private static async Task<TestHub> WaitingAsync(string id)
    {
        var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: id));
        return hub;
    }
}
