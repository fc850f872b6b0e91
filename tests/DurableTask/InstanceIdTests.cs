using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class InstanceIdTests
{
    [Fact]
    public async Task Without_an_id_a_new_one_of_32_hex_digits_is_made()
    {
        await using var hub = await ReadyAsync();

        Assert.True(Guid.TryParseExact(await hub.ScheduleAsync("End"), "N", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@entity")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public async Task An_id_against_the_rules_is_refused(string id)
    {
        await using var hub = await ReadyAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => hub.ScheduleAsync("End", id: id));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.ScheduleAsync("End", id: new string('x', 101)));
        Assert.Equal(0, hub.Engine.Counts.Instances);
    }

    [Fact]
    public async Task Ids_differ_by_letter_case()
    {
        await using var hub = await ReadyAsync();
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "a"));

        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "A"));

        Assert.Equal(2, hub.Engine.Counts.Instances);
    }

    [Fact]
    public async Task A_running_instance_blocks_a_start_under_its_id()
    {
        await using var hub = await ReadyAsync();
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "a"));

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.ScheduleAsync("End", id: "a"));
    }

    [Fact]
    public async Task Of_many_starts_at_once_under_one_id_one_wins()
    {
        await using var hub = await ReadyAsync();

        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try
            {
                await hub.ScheduleAsync("Wait", id: "a");
                return 1;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return 0;
            }
        })));

        Assert.Equal(1, starts.Sum());
    }

    [Fact]
    public async Task An_ended_instance_is_replaced()
    {
        await using var hub = await ReadyAsync();
        await hub.RunAsync("End", 1, "a");

        Assert.Equal(2, (await hub.RunAsync("End", 2, "a")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_status_to_deduplicate_by_blocks()
    {
        await using var hub = await ReadyAsync();
        await hub.RunAsync("End", 1, "a");
        var options = new StartOrchestrationOptions("a").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, options));
    }

    [Fact]
    public async Task A_running_instance_is_replaced_if_its_status_does_not_block()
    {
        await using var hub = await ReadyAsync();
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "a"));
        var options = new StartOrchestrationOptions("a").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, options);

        Assert.Equal(2, (await hub.EndAsync("a")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_name_that_is_no_status_is_refused()
    {
        await using var hub = await ReadyAsync();
        var options = new StartOrchestrationOptions("a") { DedupeStatuses = ["Sleeping"] };

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("End", options));
    }

    [Fact]
    public async Task A_restart_runs_the_same_input_again_under_the_same_or_a_new_id()
    {
        await using var hub = await ReadyAsync();
        await hub.RunAsync("End", 5, "a");
        var episodes = hub.Code.Episodes;

        Assert.Equal("a", await hub.Client.RestartAsync("a"));
        Assert.Equal(5, (await hub.EndAsync("a")).ReadOutputAs<int>());
        var second = await hub.Client.RestartAsync("a", restartWithNewInstanceId: true);
        Assert.NotEqual("a", second);
        Assert.Equal(5, (await hub.EndAsync(second)).ReadOutputAs<int>());
        Assert.Equal(episodes + 2, hub.Code.Episodes);
    }

    [Fact]
    public async Task A_restart_of_a_missing_or_a_running_instance_is_refused()
    {
        await using var hub = await ReadyAsync();
        await hub.BegunAsync(await hub.ScheduleAsync("Wait", id: "a"));

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("missing"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RestartAsync("a"));
    }

    private static async Task<TestHub> ReadyAsync()
    {
        var hub = await TestHub.StartAsync();
        return hub.Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"))
            .Orchestrator("End", context => Task.FromResult(context.GetInput<int>()));
    }
}
