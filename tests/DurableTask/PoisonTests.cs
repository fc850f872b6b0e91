using System.Collections.Immutable;
using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>An orchestration that can't go on ends, and says why; it is not tried for ever, and takes no worker with it.</summary>
public sealed class PoisonTests
{
    private static readonly DurableTaskEngineOptions OneWorker = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrators = 1 };

    [Fact]
    public async Task An_exception_that_cannot_be_read_is_a_failure_like_any_other()
    {
        await using var hub = await TestHub.StartAsync(OneWorker);
        hub.Activity<int, int>("Bad", _ => throw new UnreadableException()).Hello();
        hub.Orchestrator("Own", Task<int> (_) => throw new UnreadableException());
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Bad"));

        var (own, call) = (await hub.RunAsync("Own"), await hub.RunAsync("Call"));

        Assert.Equal((OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Failed), (own.RuntimeStatus, call.RuntimeStatus));
        Assert.Equal(typeof(UnreadableException).FullName, call.FailureDetails!.InnerFailure!.ErrorType);
        await GoesOnAsync(hub);
    }

    [Fact]
    public async Task A_result_that_cannot_be_serialized_is_a_failure()
    {
        await using var hub = await TestHub.StartAsync(OneWorker);
        hub.Orchestrator("Own", _ => Task.FromResult<Delegate>(() => { })).Activity<int, Delegate>("Bad", _ => () => { }).Hello();
        hub.Orchestrator("Call", context => context.CallActivityAsync<int>("Bad"));
        hub.Orchestrator("Again", context =>
        {
            context.ContinueAsNew((Delegate)(() => { }));
            return Task.FromResult(0);
        });

        foreach (var name in new[] { "Own", "Call", "Again" })
        {
            Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync(name)).RuntimeStatus);
        }

        await GoesOnAsync(hub);
    }

    [Fact]
    public async Task A_dispatcher_that_throws_fails_the_call_and_the_instance_alone()
    {
        var code = new BrokenDispatcher();
        await using var engine = new DurableTaskEngine(code, OneWorker, TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        var ids = new List<string>();
        foreach (var name in new[] { "Unknown", "Good", "Unknown", "Good" })
        {
            ids.Add(await engine.Client.ScheduleNewOrchestrationInstanceAsync(name));
        }

        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        foreach (var id in ids)
        {
            var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, deadline.Token);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
            Assert.Contains("the catalogue is broken", $"{ended.FailureDetails} {ended.FailureDetails!.InnerFailure}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Something_that_cannot_be_disposed_of_fails_its_instance_and_does_not_spin()
    {
        await using var hub = await TestHub.StartAsync(OneWorker);
        hub.Hello().Orchestrator("Bad", context =>
        {
            ((IOrchestrationEpisode)context).RegisterForDisposal(new BrokenResource());
            return context.WaitForExternalEvent<int>("never");
        });

        var ended = await hub.RunAsync("Bad");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(1, hub.Code.Episodes);
        await GoesOnAsync(hub);
    }

    [Fact]
    public async Task A_history_without_a_beginning_fails_its_instance()
    {
        var disk = new SimulatedDisk(new Random(1));
        await using (var journal = await HubJournal.OpenAsync(disk.Open(), new JournalOptions(), NullLogger.Instance, CancellationToken.None))
        {
            var at = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
            var started = new HistoryEvent.ExecutionStarted("Code", "e", null, string.Empty, null, ImmutableDictionary<string, string>.Empty, null) { Timestamp = at };
            await journal.Log.AppendAsync(new HubRecord.InstanceStarted(started) { InstanceId = "i" });
            await journal.Log.AppendAsync(new HubRecord.EpisodeCommitted("e", [0], [new HistoryEvent.EpisodeStarted { Timestamp = at }]) { InstanceId = "i" });
            await journal.Log.AppendAsync(new HubRecord.MessageReceived(null, new HistoryEvent.EventReceived("n", null) { Timestamp = at }) { InstanceId = "i" });
        }

        await using var hub = await TestHub.OpenAsync(disk, new ManualTimeProvider(), options: OneWorker);
        hub.Hello().Orchestrator("Code", context => context.WaitForExternalEvent<int>("n"));
        await hub.Engine.StartAsync(CancellationToken.None);

        var ended = await hub.EndAsync("i");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("has no beginning", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        await GoesOnAsync(hub);
    }

    [Fact]
    public async Task No_more_orchestrators_run_at_once_than_allowed_and_one_instance_never_twice()
    {
        await using var hub = await TestHub.StartAsync(new DurableTaskEngineOptions { MaxConcurrentOrchestrators = 2 });
        var running = new HashSet<string>(StringComparer.Ordinal);
        var most = 0;
        hub.Hello().Orchestrator("Code", async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                Enter(context.InstanceId);
                var calls = Enumerable.Range(0, 5).Select(_ => context.CallActivityAsync("Hello", "x")).ToList();
                Leave(context.InstanceId);
                await Task.WhenAll(calls);
            }

            return 1;
        });

        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => hub.ScheduleAsync("Code")));
        var ended = await Task.WhenAll(ids.Select(hub.EndAsync));

        Assert.Equal(40, ended.Sum(e => e.ReadOutputAs<int>()));
        Assert.InRange(most, 1, 2);

        void Enter(string id)
        {
            lock (running)
            {
                Assert.True(running.Add(id), "the instance is run twice at once");
                most = Math.Max(most, running.Count);
            }
        }

        void Leave(string id)
        {
            Thread.Yield();
            lock (running)
            {
                running.Remove(id);
            }
        }
    }

    private static async Task GoesOnAsync(TestHub hub)
    {
        hub.Orchestrator("Greet", context => context.CallActivityAsync<string>("Hello", "you"));
        Assert.Equal("Hello you!", (await hub.RunAsync("Greet")).ReadOutputAs<string>());
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    private sealed class BrokenResource : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throw new InvalidOperationException("can't be closed");
    }

    private sealed class BrokenDispatcher : ITaskDispatcher
    {
        public bool HasOrchestrator(string name) => name == "Good" ? true : throw new InvalidOperationException("the catalogue is broken");

        public bool HasActivity(string name) => throw new InvalidOperationException("the catalogue is broken");

        public async Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken) =>
            await context.CallActivityAsync<string>("Any");

        public Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
