using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Calls side by side (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-cloud-backup and
/// …/durable-functions-overview, "Fan out/fan in").
/// </summary>
public sealed class FanOutConformance
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public async Task Results_come_in_the_order_of_the_calls(int count)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Square", async n =>
            {
                await Task.Yield();
                return n * n;
            })
            .Orchestrator("O", context => Task.WhenAll(
                Enumerable.Range(0, context.GetInput<int>()).Select(n => context.CallActivityAsync<int>("Square", n)))));

        Assert.Equal(Enumerable.Range(0, count).Select(n => n * n), (await hub.RunAsync("O", count)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task Calls_are_under_way_at_the_same_time()
    {
        using var both = new Barrier(2);
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, bool>("Meet", async _ =>
            {
                await Task.Yield();
                return both.SignalAndWait(TimeSpan.FromSeconds(60));
            })
            .Orchestrator("O", context => Task.WhenAll(context.CallActivityAsync<bool>("Meet", 0), context.CallActivityAsync<bool>("Meet", 0))));

        var result = (await hub.RunAsync("O")).ReadOutputAs<bool[]>()!;

        Assert.Equal([true, true], result);
    }

    [Fact]
    public async Task The_first_to_answer_wins_a_WhenAny()
    {
        var release = new TaskCompletionSource();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Slow", async name =>
            {
                await release.Task;
                return name!;
            })
            .Activity<string, string>("Fast", name => name!)
            .Orchestrator("O", async context =>
            {
                var (slow, fast) = (context.CallActivityAsync<string>("Slow", "slow"), context.CallActivityAsync<string>("Fast", "fast"));
                var first = await Task.WhenAny(slow, fast);
                context.SetCustomStatus(await first);
                return $"{await first} {await slow}";
            }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await StatusIsAsync(hub, id, "fast");
        release.SetResult();

        Assert.Equal("fast slow", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_is_not_complete_before_calls_that_nobody_awaits_have_answered()
    {
        var release = new TaskCompletionSource();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, int>("Slow", async _ =>
            {
                await release.Task;
                return 1;
            })
            .Orchestrator("O", context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                context.SetCustomStatus("returned");
                return Task.FromResult("done");
            }));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await StatusIsAsync(hub, id, "returned");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        release.SetResult();

        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_failure_of_many_fails_the_join_and_the_others_are_seen_on_their_tasks()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Odd", n => n % 2 == 1 ? n : throw new InvalidOperationException($"even {n}"))
            .Orchestrator("O", async context =>
            {
                var calls = Enumerable.Range(0, 4).Select(n => context.CallActivityAsync<int>("Odd", n)).ToList();
                try
                {
                    await Task.WhenAll(calls);
                    return "no failure";
                }
                catch (TaskFailedException)
                {
                    return string.Join(',', calls.Select(call => call.IsCompletedSuccessfully ? $"{call.Result}" : "x"));
                }
            }));

        Assert.Equal("x,1,x,3", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    private static Task StatusIsAsync(ConformanceHub hub, string id, string status) => EventFunctions.Tests.Support.Eventually.HoldsAsync(
        async () => (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus == $"\"{status}\"", $"the status is {status}");
}
