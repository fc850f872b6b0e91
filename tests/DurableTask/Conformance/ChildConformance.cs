using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Sub-orchestrations have ids, states, labels and ends of their own
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-sub-orchestrations; the remarks of CallSubOrchestratorAsync,
/// TerminateInstanceAsync and PurgeInstanceAsync).
/// </summary>
public sealed class ChildConformance
{
    [Fact]
    public async Task Results_of_many_children_come_in_the_order_of_the_calls_and_each_ran_once()
    {
        var runs = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Square", n =>
            {
                Interlocked.Increment(ref runs);
                return n * n;
            })
            .Orchestrator("Child", context => context.CallActivityAsync<int>("Square", context.GetInput<int>()))
            .Orchestrator("O", context => Task.WhenAll(Enumerable.Range(0, 20).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))));

        Assert.Equal(Enumerable.Range(0, 20).Select(n => n * n), (await hub.RunAsync("O")).ReadOutputAs<int[]>()!);
        Assert.Equal(20, runs);
    }

    [Fact]
    public async Task One_child_that_fails_fails_the_join_and_the_others_end_as_they_would()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => context.GetInput<int>() == 2 ? throw new InvalidDataException("torn") : Task.FromResult(1))
            .Orchestrator("O", async context =>
            {
                var children = Enumerable.Range(1, 3)
                    .Select(n => context.CallSubOrchestratorAsync<int>("Child", n, new SubOrchestrationOptions(instanceId: $"kid-{n}")))
                    .ToList();
                return (await Task.WhenAll(children)).Sum();
            }));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("O")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndAsync("kid-1")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync("kid-2")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndAsync("kid-3")).RuntimeStatus);
    }

    [Fact]
    public async Task The_id_of_a_child_that_has_ended_can_be_used_again()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult(context.GetInput<int>()))
            .Orchestrator("O", async context =>
            {
                var kid = new SubOrchestrationOptions(instanceId: "kid");
                return await context.CallSubOrchestratorAsync<int>("Child", 1, kid) + await context.CallSubOrchestratorAsync<int>("Child", 10, kid);
            }));

        Assert.Equal(11, (await hub.RunAsync("O")).ReadOutputAs<int>());
        Assert.Equal(10, (await hub.EndAsync("kid")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Parents_are_told_link_by_link_and_the_first_has_none()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Leaf", context => Task.FromResult($"{context.Parent?.InstanceId}"))
            .Orchestrator("Twig", async context =>
                $"{await context.CallSubOrchestratorAsync<string>("Leaf")} {context.Parent?.InstanceId}")
            .Orchestrator("Root", async context =>
                $"{await context.CallSubOrchestratorAsync<string>("Twig", null, new SubOrchestrationOptions(instanceId: "twig"))} {context.Parent is null}"));

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Root", new StartOrchestrationOptions("root"));

        Assert.Equal("twig root True", (await hub.EndAsync("root")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_s_custom_status_is_its_own()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context =>
            {
                context.SetCustomStatus("child's");
                return Task.FromResult(1);
            })
            .Orchestrator("O", async context =>
            {
                context.SetCustomStatus("parent's");
                return await context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "kid"));
            }));

        Assert.Equal("parent's", (await hub.RunAsync("O")).ReadCustomStatusAs<string>());
        Assert.Equal("child's", (await hub.EndAsync("kid")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Instances_and_children_have_the_labels_they_were_started_with()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", _ => Task.FromResult(1))
            .Orchestrator("O", context => context.CallSubOrchestratorAsync<int>(
                "Child", null, new TaskOptions(tags: new Dictionary<string, string> { ["of"] = "child" }).WithInstanceId("kid"))));
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["of"] = "parent", ["tenant"] = "t-1" };

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o") { Tags = labels });

        Assert.Equal(labels.OrderBy(l => l.Key), (await hub.EndAsync("o")).Tags.OrderBy(l => l.Key));
        Assert.Equal("child", (await hub.EndAsync("kid")).Tags["of"]);
    }

    [Fact]
    public async Task A_handler_decides_on_retries_of_a_child()
    {
        var heard = new List<string>();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator<int>("Child", _ => throw new InvalidDataException("torn"))
            .Orchestrator("O", context => context.CallSubOrchestratorAsync<int>("Child", null, TaskOptions.FromRetryHandler(retry =>
            {
                if (!context.IsReplaying)
                {
                    heard.Add($"{retry.LastAttemptNumber} {retry.LastFailure.IsCausedBy<InvalidDataException>()}");
                }

                return retry.LastAttemptNumber < 3;
            }))));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("O")).RuntimeStatus);
        Assert.Equal(["1 True", "2 True", "3 True"], heard);
    }

    [Fact]
    public async Task A_recursive_termination_reaches_children_s_children()
    {
        await using var hub = await ConformanceHub.StartAsync(ThreeLevels);
        await StartedAsync(hub);

        await hub.Client.TerminateInstanceAsync("root", new TerminateInstanceOptions("enough", Recursive: true));

        foreach (var id in new[] { "root", "twig", "leaf" })
        {
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
        }
    }

    [Fact]
    public async Task A_child_that_ends_after_its_parent_was_terminated_changes_nothing_there()
    {
        await using var hub = await ConformanceHub.StartAsync(ThreeLevels);
        await StartedAsync(hub);
        await hub.Client.TerminateInstanceAsync("twig", (object)"enough");
        await hub.EndAsync("twig");

        await hub.Client.RaiseEventAsync("leaf", "go", 1);

        Assert.Equal(1, (await hub.EndAsync("leaf")).ReadOutputAs<int>());
        var twig = await hub.EndAsync("twig");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (twig.RuntimeStatus, twig.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Purging_a_parent_leaves_its_children()
    {
        await using var hub = await ConformanceHub.StartAsync(ThreeLevels);
        await StartedAsync(hub);
        await hub.Client.RaiseEventAsync("leaf", "go", 1);
        await hub.EndAsync("root");

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("root")).PurgedInstanceCount);

        Assert.Null(await hub.Client.GetInstanceAsync("root"));
        Assert.NotNull(await hub.Client.GetInstanceAsync("twig"));
        Assert.NotNull(await hub.Client.GetInstanceAsync("leaf"));
    }

    private static void ThreeLevels(TaskTable tasks) => tasks
        .Orchestrator("Leaf", context => context.WaitForExternalEvent<int>("go"))
        .Orchestrator("Twig", context => context.CallSubOrchestratorAsync<int>("Leaf", null, new SubOrchestrationOptions(instanceId: "leaf")))
        .Orchestrator("Root", context => context.CallSubOrchestratorAsync<int>("Twig", null, new SubOrchestrationOptions(instanceId: "twig")));

    private static async Task StartedAsync(ConformanceHub hub)
    {
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Root", new StartOrchestrationOptions("root"));
        foreach (var id in new[] { "root", "twig", "leaf" })
        {
            await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);
        }
    }
}
