using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class IllegalAwaitTests
{
    [Fact]
    public async Task Awaiting_something_that_is_not_durable_fails()
    {
        var never = new TaskCompletionSource<int>();
        await FailsAsync(hub => hub.Orchestrator("Bad", _ => never.Task));
    }

    [Fact]
    public async Task Awaiting_something_else_beside_an_open_task_fails_when_it_ends()
    {
        await using var hub = await TestHub.StartAsync();
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Orchestrator("Bad", async context =>
        {
            var e = context.WaitForExternalEvent<int>("never");
            await other.Task;
            return await e;
        });
        var id = await hub.ScheduleAsync("Bad");
        await hub.BegunAsync(id);

        other.SetResult();

        AssertIllegal(await hub.EndAsync(id));
    }

    [Fact]
    public async Task Cancelling_a_wait_on_another_thread_fails_the_instance_and_not_the_canceller()
    {
        Exception? met = null;
        await FailsAsync(hub => hub.Orchestrator("Bad", context =>
        {
            var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            var canceller = new Thread(() => met = Record.Exception(cancel.Cancel));
            canceller.Start();
            canceller.Join();
            return Wait(timer);
        }));

        Assert.Null(met);

        static async Task<int> Wait(Task timer)
        {
            await timer;
            return 0;
        }
    }

    [Fact]
    public async Task A_token_that_is_cancelled_between_two_episodes_throws_at_nobody_and_is_seen_as_a_divergence_by_the_next()
    {
        await using var hub = await TestHub.StartAsync();
        using var outside = new CancellationTokenSource();
        hub.Orchestrator("Bad", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), outside.Token);
            return 0;
        });
        var id = await hub.ScheduleAsync("Bad");
        await hub.BegunAsync(id);

        Assert.Null(Record.Exception(outside.Cancel));
        await hub.AdvanceAsync(TimeSpan.FromHours(1));

        var ended = await hub.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("the history says that timer #0 was decided here", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_on_with_another_thread_fails() => await FailsAsync(hub => hub.Hello().Orchestrator("Bad", async context =>
    {
        await context.CallActivityAsync("Hello", "x").ConfigureAwait(false);
        await context.CallActivityAsync("Hello", "y");
        return 0;
    }));

    [Fact]
    public async Task Using_the_context_on_another_thread_fails() => await FailsAsync(hub => hub.Hello().Orchestrator("Bad", async context =>
    {
        var e = context.WaitForExternalEvent<int>("never");
        _ = Task.Run(() => context.CallActivityAsync("Hello", "x"));
        return await e;
    }));

    [Fact]
    public async Task A_yield_stays_on_the_thread_and_is_harmless()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Hello().Orchestrator("Yield", async context =>
        {
            await Task.Yield();
            return await context.CallActivityAsync<string>("Hello", "x");
        });

        Assert.Equal("Hello x!", (await hub.RunAsync("Yield")).ReadOutputAs<string>());
    }

    private static async Task FailsAsync(Action<TestHub> arrange)
    {
        await using var hub = await TestHub.StartAsync();
        arrange(hub);

        AssertIllegal(await hub.RunAsync("Bad"));
    }

    private static void AssertIllegal(OrchestrationMetadata ended)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<InvalidOperationException>());
        Assert.Contains("invalid asynchronous invocation", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }
}
