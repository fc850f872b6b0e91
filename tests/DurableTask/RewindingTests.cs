using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>What is left of a history when a failed execution is taken back.</summary>
public sealed class RewindingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HistoryEvent Episode = new HistoryEvent.EpisodeStarted { Timestamp = Now };
    private static readonly HistoryEvent Started = new HistoryEvent.ExecutionStarted(
        "O", "x", null, string.Empty, null, ImmutableDictionary<string, string>.Empty, null)
    { Timestamp = Now };

    [Fact]
    public void The_failed_task_is_open_again_and_nothing_else_is_lost()
    {
        HistoryEvent[] kept = [Episode, Started, Called(0), Called(1), Episode, Completed(0)];

        var rewinding = Rewinding.Of([.. kept, Episode, Failed(1, "bad"), EndedBy("bad")]);

        Assert.Equal<HistoryEvent>(kept, rewinding.Kept.ToArray());
        Assert.Empty(rewinding.Again);
    }

    [Fact]
    public void Every_failure_that_the_code_has_not_acted_upon_is_undone()
    {
        var rewinding = Rewinding.Of(
            [Episode, Started, Called(0), Called(1), Called(2), Episode, Failed(0, "a"), Episode, Completed(1), Episode, Failed(2, "c"), EndedBy("a")]);

        Assert.Equal<HistoryEvent>([Episode, Started, Called(0), Called(1), Called(2)], rewinding.Kept.ToArray());
        Assert.Equal<HistoryEvent>([Completed(1)], rewinding.Again.ToArray());
    }

    [Fact]
    public void Attempts_before_the_last_stay_and_what_followed_the_last_is_forgotten()
    {
        HistoryEvent[] kept = [Episode, Started, Called(0), Episode, Failed(0, "bad"), Timer(1), Episode, Fired(1), Called(2)];

        var rewinding = Rewinding.Of([.. kept, Episode, Failed(2, "bad"), Timer(3), Episode, Fired(3), EndedBy("bad")]);

        Assert.Equal<HistoryEvent>(kept, rewinding.Kept.ToArray());
        Assert.Empty(rewinding.Again);
    }

    [Fact]
    public void What_was_done_about_the_failure_is_forgotten_and_events_come_again()
    {
        var raised = new HistoryEvent.EventReceived("go", "1") { Timestamp = Now };

        var rewinding = Rewinding.Of(
            [Episode, Started, Called(0), Called(1), Episode, Failed(0, "bad"), Called(2), Episode, Completed(1), Completed(2), raised, EndedBy("bad")]);

        Assert.Equal<HistoryEvent>([Episode, Started, Called(0), Called(1)], rewinding.Kept.ToArray());
        Assert.Equal<HistoryEvent>([Completed(1), raised], rewinding.Again.ToArray());
    }

    [Fact]
    public void A_failure_that_the_code_survived_stays_when_it_ended_by_one_of_its_own()
    {
        HistoryEvent[] kept = [Episode, Started, Called(0), Episode, Failed(0, "survived"), Called(1)];

        var rewinding = Rewinding.Of([.. kept, Episode, Completed(1), EndedBy("another")]);

        Assert.Equal<HistoryEvent>(kept, rewinding.Kept.ToArray());
        Assert.Equal<HistoryEvent>([Completed(1)], rewinding.Again.ToArray());
    }

    [Fact]
    public void A_fault_of_the_engine_s_is_forgotten()
    {
        var fault = new TaskFailureDetails("Fault", "bad", null, null, null);

        var rewinding = Rewinding.Of(
            [Episode, Started, Called(0), Episode, new HistoryEvent.Faulted(fault) { Timestamp = Now }, EndedBy("bad")]);

        Assert.Equal<HistoryEvent>([Episode, Started, Called(0)], rewinding.Kept.ToArray());
        Assert.Empty(rewinding.Again);
    }

    [Fact]
    public void An_execution_that_failed_at_once_begins_again()
    {
        var rewinding = Rewinding.Of([Episode, Started, EndedBy("bad")]);

        Assert.Empty(rewinding.Kept);
        Assert.Equal<HistoryEvent>([Started], rewinding.Again.ToArray());
    }

    [Fact]
    public void An_execution_that_has_not_failed_can_t_be_rewound()
    {
        Assert.Throws<ArgumentException>(() => Rewinding.Of([]));
        Assert.Throws<ArgumentException>(() => Rewinding.Of([Episode, Started]));
        Assert.Throws<ArgumentException>(() => Rewinding.Of(
            [Episode, Started, new HistoryEvent.ExecutionEnded(OrchestrationRuntimeStatus.Completed, null, null) { Timestamp = Now }]));
    }

    private static HistoryEvent.ActivityScheduled Called(int id) => new(id, "A", null, string.Empty) { Timestamp = Now };

    private static HistoryEvent.TaskCompleted Completed(int id) => new(id, $"{id}") { Timestamp = Now };

    private static HistoryEvent.TaskFailed Failed(int id, string message) => new(id, Details(message)) { Timestamp = Now };

    private static HistoryEvent.TimerCreated Timer(int id) => new(id, Now) { Timestamp = Now };

    private static HistoryEvent.TimerFired Fired(int id) => new(id) { Timestamp = Now };

    private static HistoryEvent.ExecutionEnded EndedBy(string message) => new(
        OrchestrationRuntimeStatus.Failed, null, new TaskFailureDetails("Microsoft.DurableTask.TaskFailedException", "task failed", null, Details(message), null))
    { Timestamp = Now };

    private static TaskFailureDetails Details(string message) => new("System.Exception", message, "at A", null, null);
}
