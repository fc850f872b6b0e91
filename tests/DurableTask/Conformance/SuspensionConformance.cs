using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Suspended instances (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Suspend and resume
/// instances"): what reaches them waits, in its order.
/// </summary>
public sealed class SuspensionConformance
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_timer_that_falls_due_in_the_meantime_fires_after_the_resumption()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            await context.CreateTimer(Moment, CancellationToken.None);
            return "fired";
        }));
        var id = await SuspendedAsync(hub);

        await hub.PassAsync(Moment);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("fired", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_goes_on_and_its_result_waits()
    {
        var release = new TaskCompletionSource();
        var hasEnded = new TaskCompletionSource();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", async n =>
            {
                await release.Task;
                hasEnded.SetResult();
                return n + 1;
            })
            .Orchestrator("O", context => context.CallActivityAsync<int>("Work", 1)));
        var id = await SuspendedAsync(hub);

        release.SetResult();
        await hasEnded.Task;
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_that_come_in_the_meantime_keep_their_order()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var seen = new List<int>();
            for (var i = 0; i < 5; i++)
            {
                seen.Add(await context.WaitForExternalEvent<int>("number"));
            }

            return seen;
        }));
        var id = await SuspendedAsync(hub);

        for (var number = 1; number <= 5; number++)
        {
            await hub.Client.RaiseEventAsync(id, "number", number);
        }

        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(Enumerable.Range(1, 5), (await hub.EndAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task Of_a_timer_and_an_event_in_the_meantime_the_one_that_came_first_wins()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            using var stop = new CancellationTokenSource();
            var timer = context.CreateTimer(Moment, stop.Token);
            var go = context.WaitForExternalEvent<string>("go");
            return await Task.WhenAny(timer, go) == timer ? "timer" : "event";
        }));
        var id = await SuspendedAsync(hub);

        await hub.Client.RaiseEventAsync(id, "go", "now");
        await hub.PassAsync(Moment);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("event", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_goes_on_while_its_parent_is_suspended()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => context.WaitForExternalEvent<int>("go"))
            .Orchestrator("O", context => context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "kid"))));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.IsAsync("kid", OrchestrationRuntimeStatus.Running);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);

        await hub.Client.RaiseEventAsync("kid", "go", 7);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndAsync("kid")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_instance_can_be_suspended_again_and_again_and_keeps_its_custom_status()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            for (var round = 1; round <= 3; round++)
            {
                context.SetCustomStatus(round);
                await context.WaitForExternalEvent<int>("next");
            }

            return "over";
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        for (var round = 1; round <= 3; round++)
        {
            await EventFunctions.Tests.Support.Eventually.HoldsAsync(
                async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus == $"{round}", $"round {round} has begun");
            await hub.Client.SuspendInstanceAsync(id, "a break");
            await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
            Assert.Equal(round, (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadCustomStatusAs<int>());
            await hub.Client.ResumeInstanceAsync(id, "it is over");
            await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);
            await hub.Client.RaiseEventAsync(id, "next", round);
        }

        Assert.Equal("over", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    private static async Task<string> SuspendedAsync(ConformanceHub hub)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        return id;
    }
}
