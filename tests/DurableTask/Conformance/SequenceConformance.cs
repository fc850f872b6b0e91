using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Calls in sequence, their inputs and results
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-sequence and …/durable-functions-serialization-and-persistence).
/// </summary>
public sealed class SequenceConformance
{
    [Fact]
    public async Task Activities_run_in_the_order_in_which_they_are_awaited()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Hello", name => $"Hello {name}!")
            .Orchestrator("O", async context => new[]
            {
                await context.CallActivityAsync<string>("Hello", "Tokyo"),
                await context.CallActivityAsync<string>("Hello", "Seattle"),
                await context.CallActivityAsync<string>("Hello", "London"),
            }));

        Assert.Equal(["Hello Tokyo!", "Hello Seattle!", "Hello London!"], (await hub.RunAsync("O")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task The_result_of_one_call_is_the_input_of_the_next()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Double", n => n * 2)
            .Orchestrator("O", async context =>
            {
                var value = context.GetInput<int>();
                for (var i = 0; i < 10; i++)
                {
                    value = await context.CallActivityAsync<int>("Double", value);
                }

                return value;
            }));

        Assert.Equal(3 * 1024, (await hub.RunAsync("O", 3)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_orchestration_without_calls_completes_with_its_result()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", _ => Task.FromResult("done")));

        var ended = await hub.RunAsync("O");

        Assert.Equal((OrchestrationRuntimeStatus.Completed, "done"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        Assert.Equal("\"done\"", ended.SerializedOutput);
    }

    [Fact]
    public async Task A_result_of_null_is_no_output()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator<string?>("O", _ => Task.FromResult<string?>(null)));

        var ended = await hub.RunAsync("O");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Null(ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Without_an_input_the_orchestrator_and_the_activity_see_the_default()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, bool>("IsNull", input => input is null)
            .Orchestrator("O", async context =>
                (context.GetInput<string>() is null, await context.CallActivityAsync<bool>("IsNull")) is (true, true)));

        Assert.True((await hub.RunAsync("O")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_call_whose_result_is_not_wanted_runs_all_the_same()
    {
        var ran = 0;
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Count", n => Interlocked.Add(ref ran, n))
            .Orchestrator("O", async context =>
            {
                await context.CallActivityAsync("Count", 2);
                await context.CallActivityAsync("Count", 3);
                return 0;
            }));

        await hub.RunAsync("O");

        Assert.Equal(5, ran);
    }

    [Theory]
    [InlineData("\u00e4\u00f6\u00fc \u65e5\u672c\u8a9e \ud83d\ude00")]
    [InlineData("\"quoted\" \\ \r\n\t")]
    [InlineData("")]
    public async Task Text_comes_through_as_it_is(string text)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Echo", input => input!)
            .Orchestrator("O", context => context.CallActivityAsync<string>("Echo", context.GetInput<string>())));

        var ended = await hub.RunAsync("O", text);

        Assert.Equal((text, text), (ended.ReadInputAs<string>(), ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Objects_come_through_with_their_members()
    {
        var order = new Order("o-1", [new Line("cup", 2, 12.50m), new Line("pot", 1, null)], new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<Order, Order>("Echo", input => input!)
            .Orchestrator("O", context => context.CallActivityAsync<Order>("Echo", context.GetInput<Order>())));

        var echoed = (await hub.RunAsync("O", order)).ReadOutputAs<Order>()!;

        Assert.Equal((order.Id, order.PlacedAt), (echoed.Id, echoed.PlacedAt));
        Assert.Equal(order.Lines, echoed.Lines);
    }

    [Fact]
    public async Task A_payload_of_a_megabyte_comes_through()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Echo", input => input!)
            .Orchestrator("O", async context => (await context.CallActivityAsync<string>("Echo", context.GetInput<string>())).Length));

        Assert.Equal(1 << 20, (await hub.RunAsync("O", new string('x', 1 << 20))).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData("o", "hello")]
    [InlineData("O", "HELLO")]
    public async Task Names_are_found_whatever_their_letter_case(string orchestrator, string activity)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Hello", name => $"Hello {name}!")
            .Orchestrator("O", context => context.CallActivityAsync<string>(context.GetInput<string>()!, "you")));

        Assert.Equal("Hello you!", (await hub.RunAsync(orchestrator, activity)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_context_tells_name_and_instance()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator(
            "O", context => Task.FromResult($"{context.Name} {context.InstanceId} {context.Parent is null}")));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o-1"));

        Assert.Equal("O o-1 True", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    internal sealed record Order(string Id, Line[] Lines, DateTime PlacedAt);

    internal sealed record Line(string Product, int Quantity, decimal? Price);
}
