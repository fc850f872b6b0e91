using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class ReplayPropertyTests
{
    /// <summary>What one step of a random orchestration does.</summary>
    public enum Step
    {
        Call,
        CallFailing,
        Retry,
        FanOut,
        Race,
        Sleep,
        CancelledSleep,
        Child,
        SendToSelf,
        Buffered,
        Status,
        Id,
    }

    [Fact]
    public void Any_orchestration_replayed_from_any_prefix_of_its_history_or_left_waiting_there_decides_the_same_again()
    {
        var programs = Gen.Elements(Enum.GetValues<Step>()).NonEmptyListOf().Select(steps => steps.Take(12).ToArray()).ToArbitrary();

        Prop.ForAll(programs, program => DecidesTheSameAsync(program).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static async Task<bool> DecidesTheSameAsync(Step[] program)
    {
        await using var hub = await TestHub.StartAsync();
        hub.Activity<int, int>("Next", n => n + 1).Activity<int, int>("Broken", _ => throw new InvalidDataException("broken"));
        hub.Orchestrator("Child", context => context.CallActivityAsync<int>("Next", context.GetInput<int>()));
        hub.Orchestrator("Random", context => RunAsync(context, program));
        var ended = await hub.RunAsync("Random", id: "random");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        var history = hub.Engine.GetHistory("random");
        var executor = new OrchestrationExecutor(
            new EpisodeServices(hub.Code, new DurableTaskEngineOptions(), NullLoggerFactory.Instance));

        var starts = Enumerable.Range(0, history.Count).Where(i => history[i] is HistoryEvent.EpisodeStarted).Append(history.Count).ToList();
        var state = InstanceState.Scheduled("random", history.OfType<HistoryEvent.ExecutionStarted>().Single());
        OrchestrationSession? waiting = null;
        foreach (var (from, to) in starts.Zip(starts.Skip(1)))
        {
            var recorded = history.Skip(from).Take(to - from).ToList();
            ImmutableArray<HistoryEvent> news = [.. recorded.Skip(1).Where(IsNews)];
            var outcome = await executor.ExecuteAsync(
                state, history.Take(from).ToList(), news, recorded[0].Timestamp, () => Assert.Fail("left its thread"), CancellationToken.None);
            Assert.Equal(recorded.Select(Describe), outcome.Events.Select(Describe));
            var episode = new Episode(state, history.Take(from).ToList(), news, recorded[0].Timestamp, () => Assert.Fail("left its thread"));
            var live = await executor.ExecuteAsync(episode, waiting, keepSession: true, CancellationToken.None);
            Assert.Equal(recorded.Select(Describe), live.Events.Select(Describe));
            waiting = live.Session;
            Assert.Equal(to == history.Count, waiting is null);
            state = recorded.Aggregate(state, (s, e) => s.Apply(e));
        }

        return state.HasEnded && starts.Count > 1;
    }

    private static async Task<int> RunAsync(TaskOrchestrationContext context, Step[] program)
    {
        var n = 0;
        foreach (var step in program)
        {
            n += step switch
            {
                Step.Call => await context.CallActivityAsync<int>("Next", n),
                Step.CallFailing => await CatchAsync(context.CallActivityAsync<int>("Broken", n)),
                Step.Retry => await CatchAsync(context.CallActivityAsync<int>("Broken", n, TaskOptions.FromRetryHandler(r => r.LastAttemptNumber < 3))),
                Step.FanOut => (await Task.WhenAll(Enumerable.Range(0, 4).Select(i => context.CallActivityAsync<int>("Next", i)))).Sum(),
                Step.Race => await await Task.WhenAny(context.CallActivityAsync<int>("Next", 1), context.CallActivityAsync<int>("Next", 2)),
                Step.Child => await context.CallSubOrchestratorAsync<int>("Child", n),
                _ => await OtherAsync(context, step, n),
            };
        }

        return n;
    }

    private static async Task<int> OtherAsync(TaskOrchestrationContext context, Step step, int n)
    {
        switch (step)
        {
            case Step.Sleep:
                await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                return 1;
            case Step.CancelledSleep:
                using (var cancel = new CancellationTokenSource())
                {
                    var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
                    await context.CallActivityAsync<int>("Next", n);
                    cancel.Cancel();
                    return timer.IsCanceled ? 2 : 0;
                }

            case Step.SendToSelf:
                context.SendEvent(context.InstanceId, "self", n);
                return await context.WaitForExternalEvent<int>("self", TimeSpan.FromDays(1));
            case Step.Buffered:
                context.SendEvent(context.InstanceId, "early", n);
                await context.CallActivityAsync<int>("Next", n);
                return await context.WaitForExternalEvent<int>("early");
            case Step.Status:
                context.SetCustomStatus(n);
                return 0;
            default:
                return context.NewGuid().ToByteArray()[0];
        }
    }

    private static async Task<int> CatchAsync(Task<int> task)
    {
        try
        {
            return await task;
        }
        catch (TaskFailedException failed)
        {
            return failed.FailureDetails.IsCausedBy<InvalidDataException>() ? 3 : 0;
        }
    }

    private static bool IsNews(HistoryEvent happened) => happened is
        HistoryEvent.ExecutionStarted or HistoryEvent.TaskCompleted or HistoryEvent.TaskFailed or HistoryEvent.TimerFired or HistoryEvent.EventReceived;

    // A child's execution id is drawn once and then recorded; everything else must come out the same.
    private static string Describe(HistoryEvent happened) =>
        (happened is HistoryEvent.ChildScheduled child ? child with { ExecutionId = "drawn" } : happened).ToString();
}
