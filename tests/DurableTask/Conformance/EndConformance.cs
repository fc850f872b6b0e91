using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// How instances are ended and started again from outside
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management, "Terminate instances" and "Restart instances").
/// </summary>
public sealed class EndConformance
{
    [Fact]
    public async Task A_termination_without_an_output_leaves_none()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);

        await hub.Client.TerminateInstanceAsync(id);

        var ended = await hub.EndAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, null), (ended.RuntimeStatus, ended.SerializedOutput));
        Assert.Null(ended.FailureDetails);
    }

    [Fact]
    public async Task A_termination_s_output_may_be_an_object()
    {
        await using var hub = await StartAsync();
        var id = await WaitingAsync(hub);

        await hub.Client.TerminateInstanceAsync(id, new Reason("fraud", 3));

        Assert.Equal(new Reason("fraud", 3), (await hub.EndAsync(id)).ReadOutputAs<Reason>());
    }

    [Fact]
    public async Task An_instance_that_waits_for_its_start_can_be_terminated()
    {
        await using var hub = await StartAsync();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("later", hub.Now.AddDays(1)));

        await hub.Client.TerminateInstanceAsync("later", (object)"no longer wanted");

        var ended = await hub.EndAsync("later");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "no longer wanted"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task An_activity_in_flight_is_not_stopped_by_a_termination_and_its_result_is_discarded()
    {
        var hasBegun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var hasEnded = new TaskCompletionSource();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", async n =>
            {
                hasBegun.SetResult();
                await release.Task;
                hasEnded.SetResult();
                return n;
            })
            .Orchestrator("O", context => context.CallActivityAsync<int>("Work", 5)));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hasBegun.Task;

        await hub.Client.TerminateInstanceAsync(id, (object)"enough");
        await hub.EndAsync(id);
        release.SetResult();
        await hasEnded.Task;

        var ended = await hub.EndAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task A_termination_does_not_wait_for_timers()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return 1;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);

        await hub.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task What_failed_or_was_terminated_can_be_restarted(OrchestrationRuntimeStatus status)
    {
        var mayEnd = false;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            if (Volatile.Read(ref mayEnd))
            {
                return context.GetInput<int>();
            }

            return status == OrchestrationRuntimeStatus.Failed
                ? throw new InvalidDataException("torn")
                : await context.WaitForExternalEvent<int>("never");
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", 7);
        await hub.BegunAsync(id);
        if (status == OrchestrationRuntimeStatus.Terminated)
        {
            await hub.Client.TerminateInstanceAsync(id);
        }

        Assert.Equal(status, (await hub.EndAsync(id)).RuntimeStatus);
        Volatile.Write(ref mayEnd, true);
        await hub.Client.RestartAsync(id);

        await hub.IsAsync(id, OrchestrationRuntimeStatus.Completed);
        var ended = await hub.EndAsync(id);
        Assert.Equal(7, ended.ReadOutputAs<int>());
        Assert.Null(ended.FailureDetails);
    }

    [Fact]
    public async Task Waiting_for_what_has_happened_returns_at_once()
    {
        await using var hub = await StartAsync();
        var id = (await hub.RunAsync("End")).InstanceId;

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.WaitForInstanceCompletionAsync(id)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.WaitForInstanceStartAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task The_reason_of_a_failure_is_told_only_with_the_payloads()
    {
        await using var hub = await StartAsync();
        var id = (await hub.RunAsync("Break")).InstanceId;

        Assert.Null((await hub.Client.GetInstanceAsync(id))!.FailureDetails);
        Assert.Equal("torn", (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task An_event_needs_an_instance_and_a_name()
    {
        await using var hub = await StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync(string.Empty, "go", 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("o", string.Empty, 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.PurgeInstanceAsync(string.Empty));
    }

    private static Task<ConformanceHub> StartAsync() => ConformanceHub.StartAsync(tasks => tasks
        .Orchestrator("End", _ => Task.FromResult(1))
        .Orchestrator<int>("Break", _ => throw new InvalidDataException("torn"))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("never")));

    private static async Task<string> WaitingAsync(ConformanceHub hub)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);
        return id;
    }

    private sealed record Reason(string Code, int Severity);
}
