using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class SubOrchestrationTests
{
    [Fact]
    public async Task A_child_gets_its_input_and_knows_its_parent()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Child", context => Task.FromResult($"{context.Parent!.Name} {context.Parent.InstanceId} {context.GetInput<int>()}"));
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", 5));

        Assert.Equal("Parent p 5", (await hub.RunAsync("Parent", id: "p")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_started_by_a_client_has_no_parent()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Alone", context => Task.FromResult(context.Parent is null));

        Assert.True((await hub.RunAsync("Alone")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_child_runs_under_the_id_it_is_given()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Child", context => Task.FromResult(context.InstanceId));
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions((TaskRetryOptions?)null).WithInstanceId("kid")));

        Assert.Equal("kid", (await hub.RunAsync("Parent")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.GetInstanceAsync("kid"))!.RuntimeStatus);
    }

    [Fact]
    public async Task Children_fan_out_and_every_one_answers_once()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<int, int>("Twice", n => 2 * n);
        hub.Orchestrator("Child", context => context.CallActivityAsync<int>("Twice", context.GetInput<int>()));
        hub.Orchestrator("Parent", async context =>
            (await Task.WhenAll(Enumerable.Range(1, 50).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum());

        Assert.Equal(2 * 50 * 51 / 2, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
        Assert.Equal(51, hub.Engine.Counts.Instances);
        Assert.Equal(50, hub.Calls("Twice"));
    }

    [Fact]
    public async Task A_childs_failure_reaches_the_parent_as_a_task_failure_with_the_original_details()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator<int>("Child", _ => throw new InvalidDataException("broken child"));
        hub.Orchestrator("Parent", async context =>
        {
            try
            {
                await context.CallSubOrchestratorAsync("Child");
                return "none";
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.TaskName} #{failed.TaskId} {failed.FailureDetails.ErrorType} {failed.Message}";
            }
        });

        Assert.Equal(
            "Child #0 System.IO.InvalidDataException Task 'Child' (#0) failed with an unhandled exception: broken child",
            (await hub.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_chain_of_failures_shows_every_link()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<object, int>("Work", _ => throw new InvalidDataException("root", new TimeoutException("cause")));
        hub.Orchestrator("Child", context => context.CallActivityAsync<int>("Work"));
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Child"));

        var failure = (await hub.RunAsync("Parent")).FailureDetails!;

        Assert.Equal(
            ["Microsoft.DurableTask.TaskFailedException", "Microsoft.DurableTask.TaskFailedException", "System.IO.InvalidDataException", "System.TimeoutException"],
            Chain(failure).Select(link => link.ErrorType));
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_the_call_and_is_named()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Nobody"));

        var ended = await hub.RunAsync("Parent");

        Assert.Equal("OrchestratorTaskNotFound", ended.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Contains("'Nobody'", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_orchestrator_started_by_a_client_fails()
    {
        await using var hub = await TestHub.StartAsync();

        Assert.Equal("OrchestratorTaskNotFound", (await hub.RunAsync("Nobody")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task A_child_under_the_id_of_a_running_instance_fails_the_call()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Wait", new SubOrchestrationOptions(instanceId: "taken")));
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "taken"));

        var ended = await hub.RunAsync("Parent");

        Assert.Equal("SubOrchestrationAlreadyExists", ended.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync("taken"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_terminated_child_fails_the_call()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Wait", new SubOrchestrationOptions(instanceId: "kid")));
        var id = await hub.ScheduleAsync("Parent");
        await hub.BegunAsync("kid");

        await hub.Client.TerminateInstanceAsync("kid");

        Assert.Equal("SubOrchestrationTerminated", (await hub.EndAsync(id)).FailureDetails!.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task An_orchestration_sends_events_to_another()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Wait", context => context.WaitForExternalEvent<string>("go"));
        hub.Orchestrator("Send", context =>
        {
            context.SendEvent("waiter", "GO", "now");
            context.SendEvent("nobody", "go", "lost");
            return Task.FromResult(0);
        });
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "waiter"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Send")).RuntimeStatus);
        Assert.Equal("now", (await hub.EndAsync("waiter")).ReadOutputAs<string>());
    }

    private static IEnumerable<TaskFailureDetails> Chain(TaskFailureDetails? link)
    {
        for (; link is not null; link = link.InnerFailure)
        {
            yield return link;
        }
    }
}
