using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Retries (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-error-handling, "Automatic retry on failure" and
/// "Custom retry handlers").
/// </summary>
public sealed class RetryConformance
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private int _attempts;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_policy_s_number_of_attempts_counts_the_first(int attempts)
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break", 0, TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, Pause))));

        var ended = await EndAsync(hub, pauses: attempts - 1);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(attempts, _attempts);
        Assert.Equal("System.IO.InvalidDataException", ended.FailureDetails!.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task Success_ends_the_retries()
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break", 3, TaskOptions.FromRetryPolicy(new RetryPolicy(10, Pause))));

        var ended = await EndAsync(hub, pauses: 2);

        Assert.Equal(3, ended.ReadOutputAs<int>());
        Assert.Equal(3, _attempts);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task A_filter_decides_which_failures_are_worth_it(bool retries, int attempts)
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break",
            0,
            TaskOptions.FromRetryPolicy(new RetryPolicy(3, Pause) { HandleFailure = failure => failure.IsCausedBy<InvalidDataException>() == retries })));

        var ended = await EndAsync(hub, pauses: attempts - 1);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(attempts, _attempts);
    }

    [Fact]
    public async Task A_handler_is_told_the_attempt_and_the_failure_and_decides()
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break",
            0,
            TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 4 && retry.LastFailure.ErrorMessage == "torn")));

        var ended = await EndAsync(hub, pauses: 0);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(4, _attempts);
    }

    [Fact]
    public async Task An_asynchronous_handler_may_wait_on_a_timer_first()
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break",
            3,
            TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(Pause, CancellationToken.None);
                return true;
            })));

        Assert.Equal(3, (await EndAsync(hub, pauses: 2)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_under_its_id()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Break", Break)
            .Orchestrator("Child", async context =>
            {
                await context.CallActivityAsync<int>("Break", 2);
                return context.InstanceId;
            })
            .Orchestrator("O", context => context.CallSubOrchestratorAsync<string>(
                "Child", null, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Pause)).WithInstanceId("kid"))));

        Assert.Equal("kid", (await EndAsync(hub, pauses: 1)).ReadOutputAs<string>());
        Assert.Equal(2, _attempts);
    }

    [Fact]
    public async Task The_longest_pause_is_limited_and_the_time_for_retries_as_well()
    {
        await using var hub = await StartAsync(context => context.CallActivityAsync<int>(
            "Break",
            0,
            TaskOptions.FromRetryPolicy(new RetryPolicy(1000, Pause, backoffCoefficient: 10, maxRetryInterval: Pause * 2, retryTimeout: Pause * 4))));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.PassAsync(Pause);
        await hub.PassAsync(Pause * 2);
        await hub.PassAsync(Pause * 2);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.InRange(_attempts, 3, 4);
    }

    [Fact]
    public async Task Pauses_grow_by_the_coefficient()
    {
        await using var hub = await StartAsync(async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CallActivityAsync<int>("Break", 3, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Pause, backoffCoefficient: 3)));
            return context.CurrentUtcDateTime - start >= Pause * 4 ? 1 : 0;
        });
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");

        await hub.PassAsync(Pause);
        await hub.PassAsync(Pause * 3);

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Calls_beside_each_other_are_retried_each_on_its_own_and_with_the_same_input()
    {
        var attempts = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Try", n => attempts.AddOrUpdate(n, 1, (_, former) => former + 1) < n ? throw new TimeoutException() : n)
            .Orchestrator("O", async context =>
            {
                var untilItWorks = TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 10);
                return (await Task.WhenAll(new[] { 1, 2, 4 }.Select(n => context.CallActivityAsync<int>("Try", n, untilItWorks)))).Sum();
            }));

        Assert.Equal(7, (await hub.RunAsync("O")).ReadOutputAs<int>());
        Assert.Equal([(1, 1), (2, 2), (4, 4)], attempts.Select(attempt => (attempt.Key, attempt.Value)).Order());
    }

    [Fact]
    public async Task A_handler_is_told_how_long_it_has_been()
    {
        await using var hub = await StartAsync(async context =>
        {
            var times = new List<TimeSpan>();
            await context.CallActivityAsync<int>("Break", 3, TaskOptions.FromRetryHandler(async retry =>
            {
                times.Add(retry.TotalRetryTime);
                await retry.OrchestrationContext.CreateTimer(Pause, CancellationToken.None);
                return true;
            }));
            return times.Count == 2 && times[0] < times[1] && times[1] >= Pause ? 1 : 0;
        });

        Assert.Equal(1, (await EndAsync(hub, pauses: 2)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(0, 1, 1.0)]
    [InlineData(-1, 1, 1.0)]
    [InlineData(1, 0, 1.0)]
    [InlineData(1, -1, 1.0)]
    [InlineData(1, 1, 0.5)]
    public void A_policy_with_a_value_out_of_its_range_is_refused(int attempts, int seconds, double coefficient) =>
        Assert.ThrowsAny<ArgumentException>(() => new RetryPolicy(attempts, TimeSpan.FromSeconds(seconds), coefficient));

    private int Break(int succeedsAt) => Interlocked.Increment(ref _attempts) == succeedsAt ? succeedsAt : throw new InvalidDataException("torn");

    private Task<ConformanceHub> StartAsync(Func<TaskOrchestrationContext, Task<int>> run) =>
        ConformanceHub.StartAsync(tasks => tasks.Activity<int, int>("Break", Break).Orchestrator("O", run));

    private static async Task<OrchestrationMetadata> EndAsync(ConformanceHub hub, int pauses)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        for (var i = 0; i < pauses; i++)
        {
            await hub.PassAsync(Pause);
        }

        return await hub.EndAsync(id);
    }
}
