using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Which version an instance has (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning; the remarks
/// of SubOrchestrationOptions.Version and ContinueAsNewOptions.NewVersion).
/// </summary>
public sealed class VersionConformance
{
    [Fact]
    public async Task Without_a_version_it_is_empty_and_lower_than_any()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator(
            "O", context => Task.FromResult($"'{context.Version}' {Math.Sign(context.CompareVersionTo("0.1"))}")));

        Assert.Equal("'' -1", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_has_the_version_that_its_call_names()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult(context.Version))
            .Orchestrator("O", context => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions { Version = "3.1" })));

        Assert.Equal("3.1", (await RunAsync(hub, "2.0")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_without_one_has_the_default_version_and_not_its_parent_s()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Orchestrator("Child", context => Task.FromResult(context.Version))
            .Orchestrator("O", async context => $"{context.Version} '{await context.CallSubOrchestratorAsync<string>("Child")}'"));

        Assert.Equal("2.0 ''", (await RunAsync(hub, "2.0")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("2.0", "1.0 2.0")]
    [InlineData(null, "1.0 1.0")]
    public async Task The_next_generation_has_the_new_version_or_the_same(string? next, string expected)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks.Orchestrator("O", context =>
        {
            if (context.GetInput<string>() is { } former)
            {
                return Task.FromResult($"{former} {context.Version}");
            }

            context.ContinueAsNew(new ContinueAsNewOptions { NewInput = context.Version, NewVersion = next });
            return Task.FromResult("not yet");
        }));

        Assert.Equal(expected, (await RunAsync(hub, "1.0")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task New_and_old_instances_take_their_own_ways_through_the_code()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<string, string>("Old", text => $"old {text}")
            .Activity<string, string>("New", text => $"new {text}")
            .Orchestrator("O", context => context.CallActivityAsync<string>(context.CompareVersionTo("2.0") >= 0 ? "New" : "Old", context.Version)));

        Assert.Equal("old 1.9", (await RunAsync(hub, "1.9")).ReadOutputAs<string>());
        Assert.Equal("new 2.0", (await RunAsync(hub, "2.0")).ReadOutputAs<string>());
        Assert.Equal("new 10.0", (await RunAsync(hub, "10.0")).ReadOutputAs<string>());
    }

    private static async Task<OrchestrationMetadata> RunAsync(ConformanceHub hub, string version) => await hub.EndAsync(
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions { Version = version }));
}
