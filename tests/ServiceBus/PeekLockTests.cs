using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class PeekLockTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();
    private readonly ServiceBusReceiver _receiver;

    public PeekLockTests() => _receiver = _namespace.Client.CreateReceiver("plain");

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task What_was_sent_is_received_with_all_its_properties()
    {
        var sent = new ServiceBusMessage("body")
        {
            MessageId = "id",
            CorrelationId = "correlation",
            Subject = "subject",
            To = "to",
            ReplyTo = "reply",
            ContentType = "text/plain",
            PartitionKey = "key",
            ReplyToSessionId = "reply-session",
            TimeToLive = TimeSpan.FromHours(1),
            ApplicationProperties = { ["n"] = 1, ["s"] = "text", ["g"] = Guid.Empty, ["when"] = DateTimeOffset.UnixEpoch, ["none"] = null! },
        };
        await _namespace.Client.CreateSender("plain").SendMessageAsync(sent);
        sent.ApplicationProperties["n"] = 2;
        sent.Subject = "changed";

        var received = await _namespace.ReceiveAsync(_receiver);

        Assert.Equal("body", received.Body.ToString());
        Assert.Equal(
            ("id", "correlation", "subject", "to", "reply", "text/plain", "key", "reply-session"),
            (received.MessageId, received.CorrelationId, received.Subject, received.To, received.ReplyTo, received.ContentType,
                received.PartitionKey, received.ReplyToSessionId));
        Assert.Equal(new Dictionary<string, object?>
        {
            ["n"] = 1,
            ["s"] = "text",
            ["g"] = Guid.Empty,
            ["when"] = DateTimeOffset.UnixEpoch,
            ["none"] = null,
        }, received.ApplicationProperties!);
        Assert.Equal(1, received.DeliveryCount);
        Assert.Equal(1, received.SequenceNumber);
        Assert.Equal(received.EnqueuedTime + TimeSpan.FromHours(1), received.ExpiresAt);
        Assert.Equal(_namespace.Clock.GetUtcNow() + TimeSpan.FromSeconds(30), received.LockedUntil, TimeSpan.FromMilliseconds(1));
        Assert.Equal(ServiceBusMessageState.Active, received.State);
        Assert.NotEqual(Guid.Empty.ToString(), received.LockToken);
    }

    [Fact]
    public async Task A_locked_message_is_not_delivered_to_another_receiver()
    {
        await _namespace.SendAsync("plain", "only");
        await _namespace.ReceiveAsync(_receiver);

        await _namespace.AssertNothingAsync(_namespace.Client.CreateReceiver("plain"));
        Assert.Equal(new SubscriptionCounts(0, 1, 0, 0, 0, 1), _namespace.Broker.GetCounts("plain"));
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await _namespace.SendAsync("plain", "only");
        await _receiver.CompleteMessageAsync(await _namespace.ReceiveAsync(_receiver));

        _namespace.Clock.Advance(TimeSpan.FromHours(1));

        await _namespace.AssertNothingAsync(_receiver);
        Assert.Equal(new SubscriptionCounts(0, 0, 0, 0, 0, 0), _namespace.Broker.GetCounts("plain"));
    }

    [Fact]
    public async Task An_expired_lock_makes_the_message_available_again_and_counts_a_delivery()
    {
        await _namespace.SendAsync("plain", "only");
        var first = await _namespace.ReceiveAsync(_receiver);

        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        var second = await _namespace.ReceiveAsync(_receiver);
        Assert.Equal(2, second.DeliveryCount);
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => _receiver.CompleteMessageAsync(first));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, refused.Reason);
        Assert.False(refused.IsTransient);
        Assert.EndsWith("(plain - MessageLockLost)", refused.Message, StringComparison.Ordinal);
        await _receiver.CompleteMessageAsync(second);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_by_a_lock_that_expires()
    {
        await _namespace.SendAsync("plain", "only");
        await _namespace.ReceiveAsync(_receiver);
        var waiting = _namespace.Client.CreateReceiver("plain").ReceiveMessageAsync(TimeSpan.FromMinutes(5));
        Assert.False(waiting.IsCompleted);

        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(2, (await waiting).DeliveryCount);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_by_a_send()
    {
        var first = _receiver.ReceiveMessageAsync();
        var second = _receiver.ReceiveMessagesAsync(10);

        await _namespace.SendAsync("plain", "a", "b");

        Assert.Equal("a", (await first).Body.ToString());
        Assert.Equal(["b"], (await second).Select(m => m.Body.ToString()));
    }

    [Fact]
    public async Task A_renewed_lock_lasts_longer()
    {
        await _namespace.SendAsync("plain", "only");
        var message = await _namespace.ReceiveAsync(_receiver);
        var before = message.LockedUntil;
        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));

        await _receiver.RenewMessageLockAsync(message);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(before + TimeSpan.FromSeconds(20), message.LockedUntil, TimeSpan.FromMilliseconds(1));
        await _receiver.CompleteMessageAsync(message);
        Assert.Equal(0, _namespace.Broker.GetCounts("plain").Total);
    }

    [Fact]
    public async Task A_lock_that_was_lost_cannot_be_renewed()
    {
        await _namespace.SendAsync("plain", "only");
        var message = await _namespace.ReceiveAsync(_receiver);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(30));

        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => _receiver.RenewMessageLockAsync(message));

        Assert.Equal(ServiceBusFailureReason.MessageLockLost, refused.Reason);
    }

    [Fact]
    public async Task An_abandoned_message_comes_next_again_with_changed_properties()
    {
        await _namespace.SendAsync("plain", "first", "second");
        await _receiver.AbandonMessageAsync(
            await _namespace.ReceiveAsync(_receiver), new Dictionary<string, object> { ["tried"] = "here" });

        var again = await _namespace.ReceiveAsync(_receiver);

        Assert.Equal(("first", 2, "here"), (again.Body.ToString(), again.DeliveryCount, again.ApplicationProperties["tried"]));
    }

    [Fact]
    public async Task A_message_delivered_too_often_is_dead_lettered()
    {
        await _namespace.SendAsync("plain", "poison");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            var message = await _namespace.ReceiveAsync(_receiver);
            Assert.Equal(delivery, message.DeliveryCount);
            if (delivery == 2)
            {
                _namespace.Clock.Advance(TimeSpan.FromSeconds(30));
            }
            else
            {
                await _receiver.AbandonMessageAsync(message);
            }
        }

        await _namespace.AssertNothingAsync(_receiver);
        var dead = await _namespace.ReceiveAsync(_namespace.DeadLettersOf("plain"));
        Assert.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason);
        Assert.StartsWith("Message couldn't be consumed", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
        Assert.Equal("plain", dead.DeadLetterSource);
        Assert.Equal(new SubscriptionCounts(0, 0, 0, 0, 1, 1), _namespace.Broker.GetCounts("plain"));
    }

    [Fact]
    public async Task A_dead_lettered_message_keeps_its_reason_until_it_is_completed()
    {
        await _namespace.SendAsync("plain", "bad");
        await _receiver.DeadLetterMessageAsync(
            await _namespace.ReceiveAsync(_receiver), new Dictionary<string, object> { ["by"] = "test" }, "no-good", "it is bad");

        await using var deadLetters = _namespace.DeadLettersOf("plain");
        Assert.Equal("plain/$DeadLetterQueue", deadLetters.EntityPath);
        var dead = await _namespace.ReceiveAsync(deadLetters);
        Assert.Equal(("no-good", "it is bad", "test"), (dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["by"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => deadLetters.DeadLetterMessageAsync(dead));
        for (var i = 0; i < 20; i++)
        {
            await deadLetters.AbandonMessageAsync(dead);
            dead = await _namespace.ReceiveAsync(deadLetters); // never dead-lettered again
        }

        await deadLetters.CompleteMessageAsync(dead);
        Assert.Equal(0, _namespace.Broker.GetCounts("plain").Total);
    }

    [Fact]
    public async Task A_reason_given_twice_is_refused()
    {
        await _namespace.SendAsync("plain", "bad");
        var message = await _namespace.ReceiveAsync(_receiver);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _receiver.DeadLetterMessageAsync(
            message, new Dictionary<string, object> { ["DeadLetterReason"] = "one" }, "another"));

        await _receiver.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task A_message_is_settled_once()
    {
        await _namespace.SendAsync("plain", "only");
        var message = await _namespace.ReceiveAsync(_receiver);
        await _receiver.CompleteMessageAsync(message);

        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => _receiver.AbandonMessageAsync(message));

        Assert.Equal(ServiceBusFailureReason.MessageLockLost, refused.Reason);
    }

    [Fact]
    public async Task Receive_and_delete_leaves_nothing_to_settle()
    {
        await _namespace.SendAsync("plain", "a", "b");
        var deleting = _namespace.Client.CreateReceiver(
            "plain", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        var messages = await deleting.ReceiveMessagesAsync(5);

        Assert.Equal(["a", "b"], messages.Select(m => m.Body.ToString()));
        Assert.All(messages, m => Assert.Equal(Guid.Empty.ToString(), m.LockToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => deleting.CompleteMessageAsync(messages[0]));
        Assert.Equal(0, _namespace.Broker.GetCounts("plain").Total);
    }

    [Fact]
    public async Task A_wait_ends_with_nothing_after_its_time()
    {
        var one = _receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(5));
        var several = _receiver.ReceiveMessagesAsync(3);

        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await one);
        Assert.Empty(await several);
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_message_with_it()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _receiver.ReceiveMessageAsync(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        await Assert.ThrowsAsync<TaskCanceledException>(() => _receiver.ReceiveMessageAsync(cancellationToken: cancellation.Token));
        await _namespace.SendAsync("plain", "later");
        Assert.Equal("later", (await _namespace.ReceiveAsync(_receiver)).Body.ToString());
    }

    [Fact]
    public async Task Wrong_arguments_and_closed_receivers_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _receiver.ReceiveMessageAsync(TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _receiver.ReceiveMessagesAsync(0));
        var unknown = await Assert.ThrowsAsync<ServiceBusException>(() => _namespace.Client.CreateReceiver("none").ReceiveMessageAsync());
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, unknown.Reason);
        await _receiver.DisposeAsync();
        Assert.True(_receiver.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _receiver.ReceiveMessageAsync());
    }

    [Fact]
    public async Task Closing_a_receiver_ends_its_wait()
    {
        var waiting = _receiver.ReceiveMessageAsync();

        await _receiver.CloseAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
    }
}
