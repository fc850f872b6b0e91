using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class RetryTests
{
    [Fact]
    public async Task A_policy_retries_with_growing_durable_pauses_and_counts_the_first_attempt()
    {
        await using var hub = await TestHub.StartAsync();
        var attempts = new List<DateTimeOffset>();
        var policy = new RetryPolicy(4, TimeSpan.FromSeconds(10), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(15));
        hub.Activity<object, int>("Flaky", _ =>
        {
            attempts.Add(hub.Clock.GetUtcNow());
            return attempts.Count < 4 ? throw new TimeoutException("busy") : 7;
        }).Orchestrator("Retry", context => context.CallActivityAsync<int>("Flaky", new TaskOptions(policy)));

        var id = await hub.ScheduleAsync("Retry");
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 1);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(10));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 2);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 3);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal([10, 15, 15], attempts.Zip(attempts.Skip(1), (a, b) => (int)(b - a).TotalSeconds));
    }

    [Fact]
    public async Task After_the_last_attempt_the_last_failure_surfaces_behind_a_timer_of_no_delay()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<object, int>("Broken", _ => throw new TimeoutException("busy"))
            .Orchestrator("Retry", context => context.CallActivityAsync<int>(
                "Broken", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1)))));

        var id = await hub.ScheduleAsync("Retry");
        await hub.AdvanceAsync(TimeSpan.FromSeconds(1));
        var ended = await hub.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.InnerFailure!.IsCausedBy<TimeoutException>());
        Assert.Equal(2, hub.Calls("Broken"));
        var timers = hub.Engine.GetHistory(id).OfType<HistoryEvent.TimerCreated>().ToList();
        Assert.Equal([1, 3], timers.Select(timer => timer.TaskId));
        Assert.Equal(timers[1].Timestamp, timers[1].FireAt);
    }

    [Fact]
    public async Task A_filter_that_says_no_lets_the_failure_surface_at_once()
    {
        await using var hub = await TestHub.StartAsync();
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() };
        hub.Activity<object, int>("Broken", _ => throw new InvalidDataException("bad"))
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Broken", new TaskOptions(policy)));

        var ended = await hub.RunAsync("Retry", id: "r");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(1, hub.Calls("Broken"));
        Assert.Empty(hub.Engine.GetHistory("r").OfType<HistoryEvent.TimerCreated>());
    }

    [Fact]
    public async Task A_filter_that_throws_means_no_retry()
    {
        await using var hub = await TestHub.StartAsync();
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = _ => throw new InvalidOperationException("filter") };
        hub.Activity<object, int>("Broken", _ => throw new InvalidDataException("bad"))
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Broken", new TaskOptions(policy)));

        var ended = await hub.RunAsync("Retry");

        Assert.True(ended.FailureDetails!.InnerFailure!.IsCausedBy<InvalidDataException>());
        Assert.Equal(1, hub.Calls("Broken"));
    }

    [Fact]
    public async Task The_retry_timeout_is_measured_from_the_first_attempt()
    {
        await using var hub = await TestHub.StartAsync();
        var policy = new RetryPolicy(100, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(15));
        hub.Activity<object, int>("Broken", _ => throw new TimeoutException("busy"))
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Broken", new TaskOptions(policy)));

        var id = await hub.ScheduleAsync("Retry");
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 1);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(10));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 2);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.Equal(3, hub.Calls("Broken"));
    }

    [Fact]
    public async Task A_retry_handler_decides_and_is_told_attempt_failure_and_time()
    {
        await using var hub = await TestHub.StartAsync();
        var told = new List<(int Attempt, string Error)>();
        hub.Activity<object, int>("Flaky", _ => hub.Calls("Flaky") < 3 ? throw new TimeoutException("busy") : 1)
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryHandler(retry =>
            {
                if (!retry.OrchestrationContext.IsReplaying)
                {
                    told.Add((retry.LastAttemptNumber, retry.LastFailure.ErrorMessage));
                }

                return retry.LastAttemptNumber < 5;
            })));

        var ended = await hub.RunAsync("Retry", id: "r");

        Assert.Equal(1, ended.ReadOutputAs<int>());
        Assert.Equal([(1, "busy"), (2, "busy")], told);
        Assert.Empty(hub.Engine.GetHistory("r").OfType<HistoryEvent.TimerCreated>());
    }

    [Fact]
    public async Task An_asynchronous_retry_handler_may_wait_on_a_durable_timer()
    {
        await using var hub = await TestHub.StartAsync();
        TimeSpan total = default;
        hub.Activity<object, int>("Flaky", _ => hub.Calls("Flaky") < 3 ? throw new TimeoutException("busy") : 1)
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryHandler(async retry =>
            {
                total = retry.TotalRetryTime;
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMinutes(1), retry.CancellationToken);
                return true;
            })));

        var id = await hub.ScheduleAsync("Retry");
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 1);
        await hub.AdvanceAsync(TimeSpan.FromMinutes(1));
        await hub.HasAsync<HistoryEvent.TimerCreated>(id, 2);
        await hub.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(TimeSpan.FromMinutes(1), total);
    }

    [Fact]
    public async Task A_handler_that_gives_up_lets_the_failure_surface()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<object, int>("Broken", _ => throw new TimeoutException("busy"))
            .Orchestrator("Retry", context => context.CallActivityAsync<int>(
                "Broken", TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 2)));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(2, hub.Calls("Broken"));
    }

    [Fact]
    public async Task An_unknown_activity_is_not_retried_and_named_in_the_failure()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Retry", context => context.CallActivityAsync<int>(
            "Nowhere", new TaskOptions(new RetryPolicy(5, TimeSpan.FromSeconds(1)))));

        var ended = await hub.RunAsync("Retry", id: "r");

        Assert.Equal("ActivityTaskNotFound", ended.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Contains("'Nowhere'", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Single(hub.Engine.GetHistory("r").OfType<HistoryEvent.ActivityScheduled>());
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_under_the_same_instance_id()
    {
        await using var hub = await TestHub.StartAsync();
        var runs = new List<string>();
        hub.Orchestrator("Child", context =>
        {
            runs.Add(context.InstanceId);
            return runs.Count < 2 ? throw new TimeoutException("busy") : Task.FromResult("ok");
        });
        hub.Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
            "Child", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(5)))));

        var id = await hub.ScheduleAsync("Parent");
        await hub.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("ok", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(2, runs.Count);
        Assert.Single(runs.Distinct());
    }

    [Theory]
    [InlineData(0, 1, 1.0, null, null)]
    [InlineData(1, 0, 1.0, null, null)]
    [InlineData(1, 1, 0.9, null, null)]
    [InlineData(1, 10, 1.0, 5, null)]
    [InlineData(1, 10, 1.0, null, 5)]
    public void A_policy_with_a_value_out_of_range_is_refused(int attempts, int first, double coefficient, int? longest, int? timeout) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(
            attempts,
            TimeSpan.FromSeconds(first),
            coefficient,
            longest is { } l ? TimeSpan.FromSeconds(l) : null,
            timeout is { } t ? TimeSpan.FromSeconds(t) : null));

    [Fact]
    public void A_policy_has_the_documented_defaults()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(1));

        Assert.Equal((1.0, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan), (policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout));
    }
}
