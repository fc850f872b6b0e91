using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>Time to live, schedules, duplicate windows.</summary>
public sealed class TimeTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task An_expired_message_is_dead_lettered_where_the_entity_says_so()
    {
        await _namespace.SendAsync("expiring", "old");
        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));
        await _namespace.SendAsync("expiring", "new");

        Assert.Equal("new", (await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("expiring"))).Body.ToString());

        _namespace.Clock.Advance(TimeSpan.FromDays(100)); // what is dead-lettered does not expire
        var dead = await _namespace.ReceiveAsync(_namespace.DeadLettersOf("expiring"));
        Assert.Equal(("old", "TTLExpiredException"), (dead.Body.ToString(), dead.DeadLetterReason));
    }

    [Fact]
    public async Task An_expired_message_is_dropped_otherwise()
    {
        await _namespace.SendAsync("dropping", "old");
        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));

        await _namespace.AssertNothingAsync(_namespace.Client.CreateReceiver("dropping"));

        Assert.Equal(0, _namespace.Broker.GetCounts("dropping").Total);
    }

    [Fact]
    public async Task The_senders_time_to_live_counts_where_it_is_shorter()
    {
        var sender = _namespace.Client.CreateSender("dropping");
        await sender.SendMessageAsync(new ServiceBusMessage("short") { TimeToLive = TimeSpan.FromSeconds(10) });
        await sender.SendMessageAsync(new ServiceBusMessage("long") { TimeToLive = TimeSpan.FromDays(10) });

        _namespace.Clock.Advance(TimeSpan.FromSeconds(10));
        var receiver = _namespace.Client.CreateReceiver("dropping");
        Assert.Equal(["long"], (await receiver.ReceiveMessagesAsync(5)).Select(m => m.Body.ToString()));
        _namespace.Clock.Advance(TimeSpan.FromSeconds(60));

        await _namespace.AssertNothingAsync(receiver);
    }

    [Fact]
    public async Task A_locked_message_does_not_expire_before_its_lock_ends()
    {
        await _namespace.SendAsync("dropping", "held");
        _namespace.Clock.Advance(TimeSpan.FromSeconds(50));
        var receiver = _namespace.Client.CreateReceiver("dropping");
        var message = await _namespace.ReceiveAsync(receiver);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(40));

        await receiver.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task A_deferred_message_outlives_its_time()
    {
        await _namespace.SendAsync("expiring", "kept");
        var receiver = _namespace.Client.CreateReceiver("expiring");
        var message = await _namespace.ReceiveAsync(receiver);
        await receiver.DeferMessageAsync(message, new Dictionary<string, object> { ["why"] = "later" });
        _namespace.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new SubscriptionCounts(0, 0, 1, 0, 0, 1), _namespace.Broker.GetCounts("expiring"));

        var deferred = await receiver.ReceiveDeferredMessageAsync(message.SequenceNumber);

        Assert.Equal("later", deferred.ApplicationProperties["why"]);
        var locked = await Assert.ThrowsAsync<ServiceBusException>(() => receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, locked.Reason);
        await receiver.AbandonMessageAsync(deferred);
        await _namespace.AssertNothingAsync(receiver); // it is deferred again
        await receiver.CompleteMessageAsync(await receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
        Assert.Empty(await receiver.ReceiveDeferredMessagesAsync([]));
        Assert.Equal(0, _namespace.Broker.GetCounts("expiring").Total);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_scheduled_message_comes_at_its_time_under_a_new_number(bool byMethod)
    {
        var sender = _namespace.Client.CreateSender("plain");
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        if (byMethod)
        {
            Assert.Equal(1, await sender.ScheduleMessageAsync(new ServiceBusMessage("later"), due));
        }
        else
        {
            await sender.SendMessageAsync(new ServiceBusMessage("later") { ScheduledEnqueueTime = due });
        }

        await _namespace.SendAsync("plain", "now");
        var receiver = _namespace.Client.CreateReceiver("plain");
        await receiver.CompleteMessageAsync(await _namespace.ReceiveAsync(receiver));
        await _namespace.AssertNothingAsync(receiver);
        Assert.Equal(new SubscriptionCounts(0, 0, 0, 1, 0, 1), _namespace.Broker.GetCounts("plain"));

        var waiting = receiver.ReceiveMessageAsync(TimeSpan.FromHours(1));
        _namespace.Clock.Advance(TimeSpan.FromMinutes(10));

        var message = (await waiting)!;
        Assert.Equal(("later", 3, due, due), (message.Body.ToString(), message.SequenceNumber, message.EnqueuedTime, message.ScheduledEnqueueTime));
    }

    [Fact]
    public async Task Scheduled_messages_with_one_due_time_keep_their_order()
    {
        var sender = _namespace.Client.CreateSender("plain");
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        await sender.ScheduleMessagesAsync([new ServiceBusMessage("1"), new ServiceBusMessage("2"), new ServiceBusMessage("3")], due);

        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));

        var messages = await _namespace.Client.CreateReceiver("plain").ReceiveMessagesAsync(5);
        Assert.Equal(["1", "2", "3"], messages.Select(m => m.Body.ToString()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("events")]
    public async Task A_cancelled_schedule_never_comes(string entity)
    {
        var sender = _namespace.Client.CreateSender(entity);
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        var numbers = await sender.ScheduleMessagesAsync([new ServiceBusMessage("1"), new ServiceBusMessage("2")], due);
        await sender.CancelScheduledMessageAsync(numbers[0]);

        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => sender.CancelScheduledMessagesAsync([numbers[1], numbers[0]]));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, refused.Reason);
        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));

        var receiver = entity == "plain" ? _namespace.Client.CreateReceiver("plain") : _namespace.Client.CreateReceiver("events", "All");
        Assert.Equal(["2"], (await receiver.ReceiveMessagesAsync(5)).Select(m => m.Body.ToString()));
        await Assert.ThrowsAsync<ServiceBusException>(() => sender.CancelScheduledMessageAsync(numbers[1]));
    }

    [Fact]
    public async Task A_scheduled_message_of_a_topic_reaches_its_subscriptions_at_its_time()
    {
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await _namespace.Client.CreateSender("events")
            .ScheduleMessageAsync(new ServiceBusMessage("later") { SessionId = "s", Subject = "order-placed" }, due);
        Assert.Equal(0, _namespace.Broker.GetCounts("events", "All").Total);

        _namespace.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var subscription in new[] { "All", "Sessions", "Placed" })
        {
            Assert.Equal(1, _namespace.Broker.GetCounts("events", subscription).Active);
        }

        var message = await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("events", "All"));
        Assert.Equal((due, 1, 2), (message.EnqueuedTime, message.SequenceNumber, message.EnqueuedSequenceNumber));
    }

    [Fact]
    public async Task A_duplicate_within_the_window_is_accepted_and_dropped()
    {
        var sender = _namespace.Client.CreateSender("unique");
        var receiver = _namespace.Client.CreateReceiver("unique");
        await sender.SendMessageAsync(new ServiceBusMessage("1") { MessageId = "id" });
        await receiver.CompleteMessageAsync(await _namespace.ReceiveAsync(receiver)); // remembered although it is gone
        _namespace.Clock.Advance(TimeSpan.FromSeconds(29));
        await sender.SendMessageAsync(new ServiceBusMessage("2") { MessageId = "id" });
        await sender.SendMessageAsync(new ServiceBusMessage("3") { MessageId = "ID" });
        await sender.SendMessagesAsync([new ServiceBusMessage("4") { MessageId = "x" }, new ServiceBusMessage("5") { MessageId = "x" }]);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(1));
        await sender.SendMessageAsync(new ServiceBusMessage("6") { MessageId = "id" });

        var messages = await receiver.ReceiveMessagesAsync(10);

        Assert.Equal(["3", "4", "6"], messages.Select(m => m.Body.ToString()));
    }

    [Fact]
    public async Task A_scheduled_message_is_known_from_when_it_was_scheduled()
    {
        var sender = _namespace.Client.CreateSender("events");
        await sender.ScheduleMessageAsync(
            new ServiceBusMessage("1") { MessageId = "id" }, _namespace.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await sender.SendMessageAsync(new ServiceBusMessage("2") { MessageId = "id" });
        Assert.Equal(0, _namespace.Broker.GetCounts("events", "All").Total);

        _namespace.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("1", (await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("events", "All"))).Body.ToString());
    }

    [Theory]
    [InlineData("unique")]
    [InlineData("events")]
    public async Task Scheduling_a_duplicate_returns_the_number_of_the_first_and_of_nothing_else(string entity)
    {
        var sender = _namespace.Client.CreateSender(entity);
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        var first = await sender.ScheduleMessageAsync(new ServiceBusMessage("first") { MessageId = "id" }, due);
        var again = await sender.ScheduleMessageAsync(new ServiceBusMessage("again") { MessageId = "id" }, due);
        await sender.ScheduleMessageAsync(new ServiceBusMessage("other") { MessageId = "other" }, due);

        await sender.CancelScheduledMessageAsync(again);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(first, again);
        var receiver = entity == "unique" ? _namespace.Client.CreateReceiver("unique") : _namespace.Client.CreateReceiver("events", "All");
        Assert.Equal(["other"], (await receiver.ReceiveMessagesAsync(5)).Select(m => m.Body.ToString()));
    }

    [Fact]
    public async Task Messages_without_an_id_are_never_duplicates()
    {
        await _namespace.SendAsync("unique", "same", "same");

        Assert.Equal(2, _namespace.Broker.GetCounts("unique").Active);
    }
}
