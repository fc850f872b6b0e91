using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Orchestrations that call orchestrations (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-sub-orchestrations).
/// </summary>
public sealed class SubOrchestrationConformance
{
    [Fact]
    public async Task A_child_gets_its_input_and_its_result_is_the_parents_to_use()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult(context.GetInput<int>() * 2))
            .Orchestrator("Parent", async context => 1 + await context.CallSubOrchestratorAsync<int>("Child", 4)));

        Assert.Equal(9, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_child_knows_its_parent_and_runs_under_the_id_it_was_given()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult($"{context.InstanceId} of {context.Parent!.Name} {context.Parent.InstanceId}"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "kid"))));

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("mum"));

        Assert.Equal("kid of Parent mum", (await hub.EndAsync("mum")).ReadOutputAs<string>());
        Assert.Equal("kid of Parent mum", (await hub.EndAsync("kid")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Without_an_id_every_child_has_one_of_its_own()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult(context.InstanceId))
            .Orchestrator("Parent", context => Task.WhenAll(
                Enumerable.Range(0, 10).Select(_ => context.CallSubOrchestratorAsync<string>("Child")))));

        var ids = (await hub.RunAsync("Parent")).ReadOutputAs<string[]>()!;

        Assert.Equal(10, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.True(Guid.TryParseExact(id, "N", out _)));
    }

    [Fact]
    public async Task Children_have_children()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Count", async context =>
            {
                var depth = context.GetInput<int>();
                return depth == 0 ? 0 : 1 + await context.CallSubOrchestratorAsync<int>("Count", depth - 1);
            }));

        Assert.Equal(5, (await hub.RunAsync("Count", 5)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_child_that_waits_keeps_its_parent_waiting()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => context.WaitForExternalEvent<int>("go"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "kid"))));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        await hub.IsAsync("kid", OrchestrationRuntimeStatus.Running);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.RaiseEventAsync("kid", "go", 7);

        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_child_that_fails_fails_the_call_with_its_own_exception()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator<int>("Child", _ => throw new InvalidDataException("torn"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return $"{await context.CallSubOrchestratorAsync<int>("Child")}";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName} {failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage}";
                }
            }));

        Assert.Equal("Child System.IO.InvalidDataException torn", (await hub.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_that_starts_over_answers_when_it_ends()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context =>
            {
                var round = context.GetInput<int>();
                if (round < 3)
                {
                    context.ContinueAsNew(round + 1);
                }

                return Task.FromResult(round);
            })
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Child", 0)));

        Assert.Equal(3, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_terminated_child_fails_the_call()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => context.WaitForExternalEvent<int>("never"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "kid"));
                    return "went on";
                }
                catch (TaskFailedException)
                {
                    return "failed";
                }
            }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        await hub.IsAsync("kid", OrchestrationRuntimeStatus.Running);
        await hub.Client.TerminateInstanceAsync("kid", "enough");

        Assert.Equal("failed", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }
}
