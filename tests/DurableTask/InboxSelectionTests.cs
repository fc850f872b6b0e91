using System.Collections.Immutable;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class InboxSelectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HistoryEvent.TaskCompleted Answer = new(0, "1") { Timestamp = Now };
    private static readonly HistoryEvent.EventReceived Event = new("e", null) { Timestamp = Now };
    private static readonly HistoryEvent.Resumed Resume = new(Reason: null) { Timestamp = Now };
    private static readonly HistoryEvent.Terminated Termination = new(null, false) { Timestamp = Now };

    [Fact]
    public void A_result_that_comes_twice_is_taken_once()
    {
        var selection = InboxSelection.Select(Running(), Inbox(("x", Answer), ("x", Answer)), Now);

        Assert.Equal<HistoryEvent>([Answer], selection.Events.ToArray());
        Assert.Equal([0, 1], selection.Consumed.ToArray());
    }

    [Fact]
    public void A_result_for_a_task_that_is_not_open_is_dropped()
    {
        var selection = InboxSelection.Select(Running().Apply(Answer), Inbox(("x", Answer)), Now);

        Assert.Empty(selection.Events);
        Assert.Equal([0], selection.Consumed.ToArray());
    }

    [Fact]
    public void A_result_for_an_earlier_execution_is_dropped()
    {
        var selection = InboxSelection.Select(Running(), Inbox(("before", Answer), (null, Event)), Now);

        Assert.Equal<HistoryEvent>([Event], selection.Events.ToArray());
        Assert.Equal([0, 1], selection.Consumed.ToArray());
    }

    [Fact]
    public void A_suspended_instance_takes_the_resumption_first_and_leaves_the_rest_in_place()
    {
        var suspended = Running().Apply(new HistoryEvent.Suspended(null) { Timestamp = Now });

        var selection = InboxSelection.Select(suspended, Inbox((null, Event), (null, Resume), (null, Event)), Now);

        Assert.Equal<HistoryEvent>([Resume], selection.Events.ToArray());
        Assert.Equal([1], selection.Consumed.ToArray());
    }

    [Fact]
    public void A_termination_goes_before_everything()
    {
        var selection = InboxSelection.Select(Running(), Inbox((null, Event), ("x", Answer), (null, Termination)), Now);

        Assert.Equal<HistoryEvent>([Termination], selection.Events.ToArray());
    }

    [Fact]
    public void Nothing_is_to_be_done_before_a_scheduled_start()
    {
        var started = Started() with { StartAt = Now.AddHours(1) };
        var pending = InstanceState.Scheduled("i", started);

        Assert.True(InboxSelection.Select(pending, Inbox(("x", started), (null, Event)), Now).IsEmpty);
        Assert.Equal<HistoryEvent>([started, Event], InboxSelection.Select(pending, Inbox(("x", started), (null, Event)), Now.AddHours(1)).Events.ToArray());
    }

    private static HistoryEvent.ExecutionStarted Started() =>
        new("Name", "x", null, string.Empty, null, ImmutableDictionary<string, string>.Empty, null) { Timestamp = Now };

    private static InstanceState Running() => InstanceState.Scheduled("i", Started())
        .Apply(Started())
        .Apply(new HistoryEvent.ActivityScheduled(0, "A", null, string.Empty) { Timestamp = Now });

    private static List<InboxMessage> Inbox(params (string? ExecutionId, HistoryEvent Event)[] messages) =>
        [.. messages.Select((message, i) => new InboxMessage(i, message.ExecutionId, message.Event))];
}
