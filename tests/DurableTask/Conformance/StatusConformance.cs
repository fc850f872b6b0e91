using EventFunctions.Tests.Support;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Custom status (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-custom-orchestration-status) and what the
/// metadata of an instance tells (…/durable-functions-instance-management).
/// </summary>
public sealed class StatusConformance
{
    [Fact]
    public async Task The_custom_status_is_told_while_the_instance_runs_and_after()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", async context =>
        {
            context.SetCustomStatus(new { Step = 1, Name = "waiting" });
            await context.WaitForExternalEvent<int>("go");
            return 0;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        var begun = await hub.BegunAsync(id);
        await hub.Client.RaiseEventAsync(id, "go", 0);
        var ended = await hub.EndAsync(id);

        Assert.Equal("""{"Step":1,"Name":"waiting"}""", begun.SerializedCustomStatus);
        Assert.Equal("""{"Step":1,"Name":"waiting"}""", ended.SerializedCustomStatus);
    }

    [Fact]
    public async Task The_last_of_several_statuses_counts()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                foreach (var city in new[] { "Tokyo", "Seattle", "London" })
                {
                    await context.CallActivityAsync<int>("Work", 1);
                    context.SetCustomStatus(city);
                }

                return 0;
            }));

        Assert.Equal("London", (await hub.RunAsync("O")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task A_status_of_null_clears_it()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                context.SetCustomStatus("busy");
                await context.CallActivityAsync<int>("Work", 1);
                context.SetCustomStatus(null);
                return 0;
            }));

        Assert.Null((await hub.RunAsync("O")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task A_failed_instance_keeps_its_status()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator<int>("O", context =>
        {
            context.SetCustomStatus("doomed");
            throw new InvalidOperationException("bad");
        }));

        Assert.Equal("doomed", (await hub.RunAsync("O")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Metadata_tell_name_times_and_payloads()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => Task.FromResult(context.GetInput<int>() + 1)));
        var before = hub.Now.AddSeconds(-2);

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", 1);
        var ended = await hub.EndAsync(id);

        Assert.Equal(("O", id), (ended.Name, ended.InstanceId));
        Assert.Equal(("1", "2"), (ended.SerializedInput, ended.SerializedOutput));
        Assert.InRange(ended.CreatedAt, before, hub.Now.AddSeconds(2));
        Assert.InRange(ended.LastUpdatedAt, ended.CreatedAt, hub.Now.AddSeconds(2));
        Assert.Equal((false, true), (ended.IsRunning, ended.IsCompleted));
        Assert.Null(ended.FailureDetails);
    }

    [Fact]
    public async Task Payloads_are_told_only_if_asked_for()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => Task.FromResult(context.GetInput<int>() + 1)));
        var id = (await hub.RunAsync("O", 1)).InstanceId;

        var bare = (await hub.Client.GetInstanceAsync(id))!;

        Assert.Equal((null, null, null), (bare.SerializedInput, bare.SerializedOutput, bare.SerializedCustomStatus));
        Assert.Throws<InvalidOperationException>(() => bare.ReadInputAs<int>());
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<int>());
        Assert.Throws<InvalidOperationException>(() => bare.ReadCustomStatusAs<int>());
    }

    [Fact]
    public async Task A_missing_instance_is_null()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", _ => Task.FromResult(0)));

        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task Waiting_ends_with_the_token()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context => context.WaitForExternalEvent<int>("never")));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.BegunAsync(id);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Client.WaitForInstanceCompletionAsync(id, cancel.Token));
        await Eventually.HoldsAsync(async () => (await hub.Client.GetInstanceAsync(id))!.IsRunning, "it still runs");
    }
}
