using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class SessionTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task Messages_of_a_session_come_in_order_to_one_holder()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        await _namespace.SendToSessionAsync("sessions", "a", "a3");

        await using var first = await _namespace.Client.AcceptNextSessionAsync("sessions");
        await using var second = await _namespace.Client.AcceptNextSessionAsync("sessions");

        Assert.Equal(("a", "b"), (first.SessionId, second.SessionId));
        Assert.Equal(["a1", "a2", "a3"], await BodiesAsync(first, 3));
        Assert.Equal(["b1"], await BodiesAsync(second, 3));
    }

    [Fact]
    public async Task A_message_that_comes_later_goes_to_the_waiting_holder()
    {
        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var waiting = receiver.ReceiveMessageAsync();

        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        Assert.False(waiting.IsCompleted);
        await _namespace.SendToSessionAsync("sessions", "a", "a1");

        Assert.Equal("a1", (await waiting)!.Body.ToString());
    }

    [Fact]
    public async Task A_held_session_cannot_be_accepted_by_another()
    {
        await using var holder = await _namespace.Client.AcceptSessionAsync("sessions", "a");

        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => _namespace.Client.AcceptSessionAsync("sessions", "a"));

        Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, refused.Reason);
    }

    [Fact]
    public async Task Accept_next_times_out_when_no_session_has_anything()
    {
        await using var holder = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        var accepting = _namespace.Client.AcceptNextSessionAsync("sessions");
        Assert.False(accepting.IsCompleted);

        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));
        await holder.RenewSessionLockAsync();
        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));
        await holder.RenewSessionLockAsync();
        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => accepting);
        Assert.Equal((ServiceBusFailureReason.ServiceTimeout, true), (failure.Reason, failure.IsTransient));
    }

    [Fact]
    public async Task A_waiting_accept_next_is_woken_by_a_send_and_by_a_release()
    {
        var first = _namespace.Client.AcceptNextSessionAsync("sessions");
        var second = _namespace.Client.AcceptNextSessionAsync("sessions");
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        var holder = await first;
        Assert.Equal("a", holder.SessionId);
        Assert.False(second.IsCompleted);

        await holder.CloseAsync();

        Assert.Equal("a", (await second).SessionId);
        Assert.True(holder.IsClosed);
    }

    [Fact]
    public async Task An_expired_session_lock_counts_a_delivery_for_held_messages_only()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        var lost = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var held = await _namespace.ReceiveAsync(lost);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        await using var next = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var messages = await next.ReceiveMessagesAsync(5);

        Assert.Equal([("a1", 2), ("a2", 1)], messages.Select(m => (m.Body.ToString(), m.DeliveryCount)));
        await AssertLockLostAsync(() => lost.CompleteMessageAsync(held));
        await AssertLockLostAsync(() => lost.ReceiveMessageAsync());
        await AssertLockLostAsync(() => lost.RenewSessionLockAsync());
        await AssertLockLostAsync(() => lost.GetSessionStateAsync());
        await lost.CloseAsync(); // must not take the session from its new holder
        await next.CompleteMessageAsync(messages[0]);
    }

    [Fact]
    public async Task A_waiting_receive_ends_when_the_session_lock_does()
    {
        var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var waiting = receiver.ReceiveMessageAsync();

        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        await AssertLockLostAsync(() => waiting);
    }

    [Fact]
    public async Task Closing_gives_messages_back_without_counting_a_delivery()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        var first = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        await first.ReceiveMessagesAsync(2);
        await first.DisposeAsync();

        await using var second = await _namespace.Client.AcceptNextSessionAsync("sessions");

        var messages = await second.ReceiveMessagesAsync(5);
        Assert.Equal([("a1", 1), ("a2", 1)], messages.Select(m => (m.Body.ToString(), m.DeliveryCount)));
    }

    [Fact]
    public async Task Renewing_a_session_renews_the_messages_it_holds()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        var message = await _namespace.ReceiveAsync(receiver);
        for (var i = 0; i < 5; i++)
        {
            _namespace.Clock.Advance(TimeSpan.FromSeconds(29));
            await receiver.RenewSessionLockAsync();
        }

        Assert.Equal(_namespace.Clock.GetUtcNow() + TimeSpan.FromSeconds(30), receiver.SessionLockedUntil);
        await receiver.CompleteMessageAsync(message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.RenewMessageLockAsync(message));
    }

    [Fact]
    public async Task An_abandoned_message_is_the_next_of_its_session()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");

        await receiver.AbandonMessageAsync(await _namespace.ReceiveAsync(receiver));

        Assert.Equal(["a1", "a2"], await BodiesAsync(receiver, 2));
    }

    [Fact]
    public async Task A_poison_message_of_a_session_is_read_from_the_dead_letter_queue_without_a_session()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "poison", "good");
        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        for (var i = 0; i < 3; i++)
        {
            await receiver.AbandonMessageAsync(await _namespace.ReceiveAsync(receiver));
        }

        Assert.Equal("good", (await _namespace.ReceiveAsync(receiver)).Body.ToString());
        var dead = await _namespace.ReceiveAsync(_namespace.DeadLettersOf("sessions"));
        Assert.Equal(("poison", "a", "MaxDeliveryCountExceeded"), (dead.Body.ToString(), dead.SessionId, dead.DeadLetterReason));
    }

    [Fact]
    public async Task Session_state_outlives_messages_and_holders_until_it_is_cleared()
    {
        var first = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        Assert.Null(await first.GetSessionStateAsync());
        await first.SetSessionStateAsync(BinaryData.FromString("step 1"));
        await first.CloseAsync();

        var second = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        Assert.Equal("step 1", (await second.GetSessionStateAsync()).ToString());
        await second.SetSessionStateAsync(null);
        await second.CloseAsync();

        var third = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        Assert.Null(await third.GetSessionStateAsync());
        var tooLarge = await Assert.ThrowsAsync<ServiceBusException>(
            () => third.SetSessionStateAsync(BinaryData.FromBytes(new byte[300 * 1024])));
        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, tooLarge.Reason);
    }

    [Fact]
    public async Task A_deferred_message_is_received_by_its_sessions_holder_only()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1", "a2");
        await using var a = await _namespace.Client.AcceptSessionAsync("sessions", "a");
        await using var b = await _namespace.Client.AcceptSessionAsync("sessions", "b");
        var message = await _namespace.ReceiveAsync(a);
        await a.DeferMessageAsync(message);

        Assert.Equal("a2", (await _namespace.ReceiveAsync(a)).Body.ToString());
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => b.ReceiveDeferredMessageAsync(message.SequenceNumber));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, refused.Reason);
        var deferred = await a.ReceiveDeferredMessageAsync(message.SequenceNumber);
        Assert.Equal(("a1", ServiceBusMessageState.Deferred), (deferred.Body.ToString(), deferred.State));
        await a.CompleteMessageAsync(deferred);
    }

    [Fact]
    public async Task Receivers_and_senders_of_the_wrong_kind_are_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _namespace.Client.CreateReceiver("sessions").ReceiveMessageAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _namespace.Client.AcceptNextSessionAsync("plain"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _namespace.SendAsync("sessions", "no session"));
        await _namespace.SendToSessionAsync("plain", "ignored", "fine");
        Assert.Equal("fine", (await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("plain"))).Body.ToString());
    }

    [Fact]
    public async Task A_message_of_a_session_is_renewed_with_the_session_only()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "1");
        var queue = _namespace.Broker.FindQueue("sessions")!;
        var hold = Assert.IsType<AcceptOutcome.Accepted>(await queue.AcceptSessionAsync("a", default)).Hold;
        var message = Assert.IsType<ReceiveOutcome.Received>(
            await queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), hold, TimeSpan.Zero, default)).Messages[0];

        Assert.IsType<LockOutcome.LockedBySession>(await queue.RenewAsync(message.LockToken, default));
        Assert.IsType<LockOutcome.Done>(await queue.SettleAsync(message.LockToken, new Settlement.Complete(), hold, default));
    }

    [Fact]
    public async Task A_session_receiver_peeks_at_its_session_only()
    {
        await _namespace.SendToSessionAsync("sessions", "a", "a1");
        await _namespace.SendToSessionAsync("sessions", "b", "b1");
        await _namespace.SendToSessionAsync("sessions", "a", "a2");
        await using var receiver = await _namespace.Client.AcceptSessionAsync("sessions", "a");

        var peeked = await receiver.PeekMessagesAsync(10);

        Assert.Equal(["a1", "a2"], peeked.Select(m => m.Body.ToString()));
    }

    private static async Task<List<string>> BodiesAsync(ServiceBusSessionReceiver receiver, int count) =>
        [.. (await receiver.ReceiveMessagesAsync(count)).Select(m => m.Body.ToString())];

    private static async Task AssertLockLostAsync(Func<Task> operation) =>
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, (await Assert.ThrowsAsync<ServiceBusException>(operation)).Reason);
}
