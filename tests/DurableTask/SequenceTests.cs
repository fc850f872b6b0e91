using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class SequenceTests
{
    [Fact]
    public async Task An_orchestrator_without_awaits_completes_with_its_result()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Echo", context => Task.FromResult(context.GetInput<int>() + 1));

        var ended = await hub.RunAsync("Echo", 41);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(42, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Activities_in_sequence_run_in_order_and_once_each()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Cities", async context =>
        {
            var greetings = new List<string>();
            foreach (var city in new[] { "Tokyo", "London", "Seattle" })
            {
                greetings.Add(await context.CallActivityAsync<string>("Hello", city));
            }

            return greetings;
        });

        var ended = await hub.RunAsync("Cities");

        Assert.Equal(["Hello Tokyo!", "Hello London!", "Hello Seattle!"], ended.ReadOutputAs<string[]>()!);
        Assert.Equal(3, hub.Calls("Hello"));
        Assert.Equal([0, 1, 2], hub.Code.Calls.Select(call => call.TaskId));
    }

    [Fact]
    public async Task The_result_of_one_activity_feeds_the_next()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<int, int>("Increment", n => n + 1).Orchestrator("Count", async context =>
        {
            var n = 0;
            for (var i = 0; i < 10; i++)
            {
                n = await context.CallActivityAsync<int>("Increment", n);
            }

            return n;
        });

        Assert.Equal(10, (await hub.RunAsync("Count")).ReadOutputAs<int>());
        Assert.Equal(10, hub.Calls("Increment"));
    }

    [Fact]
    public async Task Names_are_found_without_regard_to_letter_case()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Greet", context => context.CallActivityAsync<string>("hELLO", "you"));

        Assert.Equal("Hello you!", (await hub.RunAsync("gREET")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Inputs_and_results_may_be_absent()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<string, string?>("Nothing", input => input).Orchestrator("None", async context =>
        {
            await context.CallActivityAsync("Nothing");
            return (context.GetInput<string>() ?? "none") + (await context.CallActivityAsync<string?>("Nothing") ?? "none");
        });

        Assert.Equal("nonenone", (await hub.RunAsync("None")).ReadOutputAs<string>());
        Assert.All(hub.Code.Calls, call => Assert.Null(call.SerializedInput));
    }

    [Fact]
    public async Task A_result_of_another_shape_fails_where_it_is_awaited()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Wrong", async context =>
        {
            try
            {
                return (await context.CallActivityAsync<int>("Hello", "x")).ToString();
            }
            catch (System.Text.Json.JsonException)
            {
                return "not a number";
            }
        });

        Assert.Equal("not a number", (await hub.RunAsync("Wrong")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Task_options_as_the_input_are_refused()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Mistake", async context =>
        {
            await context.CallActivityAsync("Hello", input: new TaskOptions(new RetryPolicy(2, TimeSpan.FromSeconds(1))));
            return 0;
        });

        var ended = await hub.RunAsync("Mistake");

        Assert.True(ended.FailureDetails!.IsCausedBy<ArgumentException>());
        Assert.Empty(hub.Code.Calls);
    }

    [Fact]
    public async Task An_activity_is_told_its_instance()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", "you"));

        await hub.RunAsync("Greet", id: "my-instance");

        Assert.Equal("my-instance", Assert.Single(hub.Code.Calls).InstanceId);
    }

    [Fact]
    public async Task An_instance_is_not_complete_while_a_task_it_did_not_await_is_open()
    {
        await using var hub = await TestHub.StartAsync();
        var release = new TaskCompletionSource();
        hub.Code.Activity("Slow", async (_, _) =>
        {
            await release.Task;
            return null;
        });
        hub.Orchestrator("Forget", context =>
        {
            _ = context.CallActivityAsync("Slow");
            return Task.FromResult("done");
        });

        var id = await hub.ScheduleAsync("Forget");
        await hub.HasAsync<HistoryEvent.ActivityScheduled>(id);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        release.SetResult();

        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }
}
