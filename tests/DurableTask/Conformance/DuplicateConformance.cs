using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Starts under an id that exists (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-singletons; the remarks of
/// ScheduleNewOrchestrationInstanceAsync and WithDedupeStatuses): the statuses that are named block the start, and an instance in another one is
/// replaced, after its termination if it has not ended.
/// </summary>
public sealed class DuplicateConformance
{
    private static readonly OrchestrationRuntimeStatus[] All =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    ];

    public static TheoryData<OrchestrationRuntimeStatus> Statuses => new(All);

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task An_instance_in_a_status_that_is_named_blocks_the_start(OrchestrationRuntimeStatus status)
    {
        await using var hub = await StartAsync();
        await BringAsync(hub, status);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "End", 2, new StartOrchestrationOptions("one").WithDedupeStatuses(status)));

        var kept = (await hub.Client.GetInstanceAsync("one", getInputsAndOutputs: true))!;
        Assert.Equal((status, 1), (kept.RuntimeStatus, kept.ReadInputAs<int>()));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task An_instance_in_a_status_that_is_not_named_is_replaced(OrchestrationRuntimeStatus status)
    {
        await using var hub = await StartAsync();
        await BringAsync(hub, status);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "End", 2, new StartOrchestrationOptions("one").WithDedupeStatuses([.. All.Where(other => other != status)]));

        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => await hub.Client.GetInstanceAsync("one", getInputsAndOutputs: true) is { Name: "End", SerializedOutput: "2" }, "the new one has ended");
    }

    [Fact]
    public async Task With_an_empty_list_every_instance_is_replaced()
    {
        await using var hub = await StartAsync();
        await BringAsync(hub, OrchestrationRuntimeStatus.Running);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, new StartOrchestrationOptions("one") { DedupeStatuses = [] });

        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => await hub.Client.GetInstanceAsync("one", getInputsAndOutputs: true) is { Name: "End", SerializedOutput: "2" }, "the new one has ended");
    }

    [Fact]
    public async Task Nothing_blocks_an_id_that_is_new()
    {
        await using var hub = await StartAsync();

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, new StartOrchestrationOptions("one").WithDedupeStatuses(All));

        Assert.Equal(2, (await hub.EndAsync("one")).ReadOutputAs<int>());
    }

    private static Task<ConformanceHub> StartAsync() => ConformanceHub.StartAsync(tasks => tasks
        .Orchestrator("End", context => Task.FromResult(context.GetInput<int>()))
        .Orchestrator<int>("Break", _ => throw new InvalidDataException("torn"))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go")));

    /// <summary>Has the instance 'one' in a status.</summary>
    private static async Task BringAsync(ConformanceHub hub, OrchestrationRuntimeStatus status)
    {
        var name = status switch
        {
            OrchestrationRuntimeStatus.Completed => "End",
            OrchestrationRuntimeStatus.Failed => "Break",
            _ => "Wait",
        };
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(name, 1, new StartOrchestrationOptions("one"));
        await hub.BegunAsync("one");
        await (status switch
        {
            OrchestrationRuntimeStatus.Terminated => hub.Client.TerminateInstanceAsync("one"),
            OrchestrationRuntimeStatus.Suspended => hub.Client.SuspendInstanceAsync("one"),
            _ => Task.CompletedTask,
        });
        await hub.IsAsync("one", status);
    }
}
