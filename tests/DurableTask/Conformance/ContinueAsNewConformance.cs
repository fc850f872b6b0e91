using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Eternal orchestrations (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-eternal-orchestrations).
/// </summary>
public sealed class ContinueAsNewConformance
{
    [Fact]
    public async Task An_instance_starts_over_with_another_input_under_its_id()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context =>
        {
            var round = context.GetInput<int>();
            if (round < 5)
            {
                context.ContinueAsNew(round + 1);
            }

            return Task.FromResult($"{context.InstanceId} {round}");
        }));

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", 1, new StartOrchestrationOptions("o"));
        var ended = await hub.EndAsync("o");

        Assert.Equal(("o 5", OrchestrationRuntimeStatus.Completed), (ended.ReadOutputAs<string>(), ended.RuntimeStatus));
        Assert.Equal(5, ended.ReadInputAs<int>());
    }

    [Fact]
    public async Task Every_round_may_call_activities()
    {
        var runs = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Next", n =>
            {
                Interlocked.Increment(ref runs);
                return n + 1;
            })
            .Orchestrator("O", async context =>
            {
                var next = await context.CallActivityAsync<int>("Next", context.GetInput<int>());
                if (next < 4)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            }));

        Assert.Equal(4, (await hub.RunAsync("O", 0)).ReadOutputAs<int>());
        Assert.Equal(4, runs);
    }

    [Fact]
    public async Task The_clock_goes_on_and_new_ids_differ_from_round_to_round()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Echo", text => text!)
            .Orchestrator("O", async context =>
            {
                var before = context.GetInput<string[]>() ?? [];
                await context.CallActivityAsync<string>("Echo", "x");
                var ids = before.Append($"{context.NewGuid()}").ToArray();
                if (ids.Length < 3)
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(0.1), CancellationToken.None);
                    context.ContinueAsNew(ids);
                }

                return ids;
            }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(TimeSpan.FromSeconds(0.1));
        await hub.PassAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<string[]>()!.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true, "1 2 3")]
    [InlineData(false, "1 4")]
    public async Task Events_nobody_has_read_go_along_if_they_are_to_be_kept(bool preserve, string expected)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            var seen = context.GetInput<string>();
            if (seen is null)
            {
                await context.WaitForExternalEvent<int>("start");
                seen = $"{await context.WaitForExternalEvent<int>("number")}";
                context.ContinueAsNew(seen, preserve);
                return string.Empty;
            }

            seen += $" {await context.WaitForExternalEvent<int>("number")}";
            return preserve ? $"{seen} {await context.WaitForExternalEvent<int>("number")}" : seen;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await hub.Client.RaiseEventAsync(id, "number", number);
        }

        await hub.Client.RaiseEventAsync(id, "start", 0);
        if (!preserve)
        {
            await EventFunctions.Tests.Support.Eventually.HoldsAsync(
                async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedInput == "\"1\"", "the second round has begun");
            await hub.Client.RaiseEventAsync(id, "number", 4);
        }

        Assert.Equal(expected, (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Code_after_the_call_still_runs_and_what_it_throws_is_the_end()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator<int>("O", context =>
        {
            context.ContinueAsNew(1);
            throw new InvalidOperationException("after all");
        }));

        var ended = await hub.RunAsync("O", 0);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("after all", ended.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task An_instance_that_starts_over_and_over_is_running_and_can_be_terminated()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            await context.WaitForExternalEvent<int>("tick");
            context.ContinueAsNew(context.GetInput<int>() + 1);
            return 0;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", 0);
        await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "tick", 0);
        await EventFunctions.Tests.Support.Eventually.HoldsAsync(
            async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedInput == "1", "the second round has begun");
        await hub.IsAsync(id, OrchestrationRuntimeStatus.Running);

        await hub.Client.TerminateInstanceAsync(id, "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
    }
}
