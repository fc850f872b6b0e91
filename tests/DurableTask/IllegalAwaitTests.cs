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
    public async Task Awaiting_a_delay_beside_an_open_task_fails_when_the_delay_ends() => await FailsAsync(hub => hub.Orchestrator("Bad", async context =>
    {
        var e = context.WaitForExternalEvent<int>("never");
        await Task.Delay(1);
        return await e;
    }));

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

        var ended = await hub.RunAsync("Bad");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<InvalidOperationException>());
        Assert.Contains("invalid asynchronous invocation", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }
}
