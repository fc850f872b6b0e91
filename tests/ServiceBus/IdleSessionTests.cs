using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>When the holder of a session is asked to let go of it for another one.</summary>
public sealed class IdleSessionTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly TestNamespace _namespace = new();

    private MessageQueue Queue => _namespace.Broker.FindQueue("sessions")!;

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task One_idle_holder_goes_for_each_waiting_session_the_longest_idle_first()
    {
        var a = await HoldDrainedAsync("a");
        var b = await HoldDrainedAsync("b");
        var waitingA = WaitAsync(a);
        var waitingB = WaitAsync(b);

        await _namespace.SendToSessionAsync("sessions", "c", "c1", "c2");
        Assert.IsType<ReceiveOutcome.WantedElsewhere>(await waitingA.WaitAsync(Eventually.DefaultDeadline));
        Assert.False(waitingB.IsCompleted);

        await Queue.ReleaseSessionAsync(a, CancellationToken.None);
        var next = Assert.IsType<AcceptOutcome.Accepted>(await Queue.AcceptNextSessionAsync(Long, CancellationToken.None));
        Assert.Equal("c", next.Hold.SessionId);
    }

    [Fact]
    public async Task Nobody_goes_while_somebody_waits_for_a_session()
    {
        var a = await HoldDrainedAsync("a");
        var waiting = WaitAsync(a);
        var accepting = Queue.AcceptNextSessionAsync(Long, CancellationToken.None).AsTask();

        await _namespace.SendToSessionAsync("sessions", "b", "b1");

        Assert.IsType<AcceptOutcome.Accepted>(await accepting);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_holder_keeps_its_session_until_it_has_settled_its_messages()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        var hold = await AcceptAsync();
        var message = Assert.Single(Assert.IsType<ReceiveOutcome.Received>(
            await Queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), hold, TimeSpan.Zero, CancellationToken.None)).Messages);
        var waiting = WaitAsync(hold);

        await _namespace.SendToSessionAsync("sessions", "b", "b1");

        Assert.False(waiting.IsCompleted);
        var settled = await Queue.SettleAsync(message.LockToken, new Settlement.Complete(), hold, CancellationToken.None);
        Assert.IsType<LockOutcome.Done>(settled);
        Assert.IsType<ReceiveOutcome.WantedElsewhere>(await waiting.WaitAsync(Eventually.DefaultDeadline));
    }

    [Fact]
    public async Task A_receiver_that_did_not_offer_to_go_waits_to_the_end()
    {
        var hold = await HoldDrainedAsync("a");
        var waiting = Queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), hold, Long, CancellationToken.None).AsTask();

        await _namespace.SendToSessionAsync("sessions", "b", "b1");

        Assert.False(waiting.IsCompleted);
        await _namespace.SendToSessionAsync("sessions", "a", "a2");
        Assert.Single(Assert.IsType<ReceiveOutcome.Received>(await waiting).Messages);
    }

    [Fact]
    public async Task A_session_in_line_ends_a_wait_before_it_begins()
    {
        var hold = await HoldDrainedAsync("a");
        await _namespace.SendToSessionAsync("sessions", "b", "b1");

        Assert.IsType<ReceiveOutcome.WantedElsewhere>(await WaitAsync(hold).WaitAsync(Eventually.DefaultDeadline));
    }

    [Fact]
    public async Task Sessions_that_were_taken_by_name_do_not_stand_in_line_any_more()
    {
        await _namespace.SendToSessionAsync("sessions", "first", "stays");
        for (var i = 0; i < 10; i++)
        {
            await _namespace.SendToSessionAsync("sessions", $"{i}", "only");
            var hold = Assert.IsType<AcceptOutcome.Accepted>(await Queue.AcceptSessionAsync($"{i}", CancellationToken.None)).Hold;
            await Queue.ReceiveAsync(new ReceiveRequest(1, Delete: true), hold, TimeSpan.Zero, CancellationToken.None);
            await Queue.ReleaseSessionAsync(hold, CancellationToken.None);
        }

        Assert.Equal((1, 1), (Queue.State.Sessions.Count, Queue.State.Sessions.Waiting));
        Assert.Equal("first", (await AcceptAsync()).SessionId);
        Assert.Equal(0, Queue.State.Sessions.Waiting);
    }

    private async Task<SessionHold> HoldDrainedAsync(string session)
    {
        await _namespace.SendToSessionAsync("sessions", session, "only");
        var hold = await AcceptAsync();
        await Queue.ReceiveAsync(new ReceiveRequest(1, Delete: true), hold, TimeSpan.Zero, CancellationToken.None);
        return hold;
    }

    private async Task<SessionHold> AcceptAsync() =>
        Assert.IsType<AcceptOutcome.Accepted>(await Queue.AcceptNextSessionAsync(Long, CancellationToken.None)).Hold;

    private Task<ReceiveOutcome> WaitAsync(SessionHold hold) => Queue.ReceiveAsync(
        new ReceiveRequest(1, Delete: false, IdleIn: hold.SessionId), hold, Long, CancellationToken.None).AsTask();
}
