using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>What is there after a restart, from the log alone and from a snapshot.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SimulatedDisk _disk = new(new Random(1));
    private ServiceBusBroker? _broker;

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_are_where_they_were_and_numbers_go_on(bool compacted)
    {
        var queue = (await OpenAsync()).FindQueue("plain")!;
        await SendAsync(queue, "1", "2", "3", "4", "5");
        var held = await ReceiveAsync(queue, 4);
        await SettleAsync(queue, held[0], new Settlement.Defer(null));
        await SettleAsync(queue, held[1], new Settlement.DeadLetter("bad", "very", null));
        await SettleAsync(queue, held[2], new Settlement.Abandon(new Dictionary<string, object>(StringComparer.Ordinal) { ["tried"] = 1.5m }));
        await queue.SendAsync([new BrokerMessage { MessageId = "later", ScheduledEnqueueTime = _clock.GetUtcNow() + TimeSpan.FromHours(1) }], default);

        queue = (await ReopenAsync(compacted)).FindQueue("plain")!;

        Assert.Equal(new SubscriptionCounts(2, 1, 1, 1, 1, 6), queue.Counts());
        Assert.IsType<LockOutcome.Done>(await queue.SettleAsync(held[3].LockToken, new Settlement.Complete(), null, default));
        var again = await ReceiveAsync(queue, 1);
        Assert.Equal(("3", 1, (object)1.5m), (again[0].Message.MessageId, again[0].DeliveryCount, again[0].Message.Properties["tried"]));
        var deferred = Assert.IsType<ReceiveOutcome.Received>(await queue.ReceiveDeferredAsync([held[0].SequenceNumber], delete: false, null, default));
        Assert.Equal("1", Assert.Single(deferred.Messages).Message.MessageId);
        var dead = await ReceiveAsync(queue.DeadLetterQueue!, 1);
        Assert.Equal(("2", "bad", "plain"), (dead[0].Message.MessageId, (string)dead[0].Message.Properties["DeadLetterReason"], dead[0].DeadLetterSource));
        var sent = Assert.IsType<SendOutcome.Accepted>(await queue.SendAsync([new BrokerMessage()], default));
        Assert.Equal(7, sent.SequenceNumbers[0]);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, queue.Counts().Scheduled);
    }

    [Fact]
    public async Task Where_all_holders_were_in_the_process_that_is_gone_locks_end_at_once_and_count_as_deliveries()
    {
        var broker = await OpenAsync();
        await SendAsync(broker.FindQueue("plain")!, "1");
        var held = await ReceiveAsync(broker.FindQueue("plain")!, 1);
        await broker.DisposeAsync();
        _disk.Restart();

        var queue = (await OpenAsync(releaseLocks: true)).FindQueue("plain")!;

        Assert.IsType<LockOutcome.MessageLockLost>(await queue.SettleAsync(held[0].LockToken, new Settlement.Complete(), null, default));
        var again = Assert.Single(await ReceiveAsync(queue, 10));
        Assert.Equal(("1", 1), (again.Message.MessageId, again.DeliveryCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lock_whose_holder_is_gone_ends_when_it_would_have(bool compacted)
    {
        var queue = (await OpenAsync()).FindQueue("plain")!;
        await SendAsync(queue, "1");
        await ReceiveAsync(queue, 1);
        _clock.Advance(TimeSpan.FromSeconds(29));

        queue = (await ReopenAsync(compacted)).FindQueue("plain")!;

        Assert.Equal(1, queue.Counts().Locked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Assert.Single(await ReceiveAsync(queue, 1)).DeliveryCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_has_its_holder_its_state_and_its_order(bool compacted)
    {
        var queue = (await OpenAsync()).FindQueue("sessions")!;
        foreach (var id in new[] { "1", "2", "3" })
        {
            await queue.SendAsync([new BrokerMessage { MessageId = id, SessionId = "a" }, new BrokerMessage { MessageId = id + "b", SessionId = "b" }], default);
        }

        var hold = Assert.IsType<AcceptOutcome.Accepted>(await queue.AcceptSessionAsync("a", default)).Hold;
        var first = await ReceiveAsync(queue, 1, hold);
        await queue.SetSessionStateAsync(hold, new byte[] { 7 }, default);

        queue = (await ReopenAsync(compacted)).FindQueue("sessions")!;

        Assert.IsType<AcceptOutcome.HeldElsewhere>(await queue.AcceptSessionAsync("a", default));
        Assert.Equal(7, (await queue.GetSessionStateAsync(hold, default)).State!.Value.Span[0]);
        Assert.IsType<LockOutcome.Done>(await queue.SettleAsync(first[0].LockToken, new Settlement.Complete(), hold, default));
        Assert.Equal(["2", "3"], (await ReceiveAsync(queue, 5, hold)).Select(m => m.Message.MessageId));
        var next = Assert.IsType<AcceptOutcome.Accepted>(await queue.AcceptNextSessionAsync(TimeSpan.Zero, default)).Hold;
        Assert.Equal(("b", 3), (next.SessionId, (await ReceiveAsync(queue, 5, next)).Count));
        Assert.Equal(["a"], queue.GetSessions(DateTimeOffset.MinValue, 0, 10));
        Assert.Equal(["a", "b"], queue.GetSessions(null, 0, 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_ids_that_were_seen_are_remembered_for_their_window(bool compacted)
    {
        var topic = (await OpenAsync()).FindTarget("events")!;
        await topic.SendAsync([new BrokerMessage { MessageId = "1" }], default);

        var broker = await ReopenAsync(compacted);
        await broker.FindTarget("events")!.SendAsync([new BrokerMessage { MessageId = "1" }], default);
        Assert.Equal(1, broker.GetCounts("events", "All").Active);

        _clock.Advance(TimeSpan.FromMinutes(10));
        await broker.FindTarget("events")!.SendAsync([new BrokerMessage { MessageId = "1" }], default);
        Assert.Equal(2, broker.GetCounts("events", "All").Active);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copies_of_a_topic_share_their_message_again_and_live_their_own_lives(bool compacted)
    {
        var broker = await OpenAsync();
        await broker.FindTarget("events")!.SendAsync([new BrokerMessage { Body = new byte[1000], Subject = "order-placed" }], default);

        broker = await ReopenAsync(compacted);

        var (all, placed) = (broker.FindQueue("events/Subscriptions/All")!, broker.FindQueue("events/Subscriptions/Placed")!);
        Assert.Equal(MessageOf(all), MessageOf(placed));
        await SettleAsync(all, (await ReceiveAsync(all, 1))[0], new Settlement.Complete());
        Assert.Equal((0, 1), (all.Counts().Total, placed.Counts().Active));
        Assert.Equal(1000, (await ReceiveAsync(placed, 1))[0].Message.Body.Length);

        static KeptMessage MessageOf(MessageQueue queue) => queue.State.Messages.From(0).First().Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_administration_made_is_there_with_its_rules(bool compacted)
    {
        var broker = await OpenAsync();
        await broker.Catalogue.CreateQueueAsync(new QueueDefinition { Name = "made", UserMetadata = "mine" }, default);
        var rule = new RuleDefinition("r", new FilterDefinition.Sql("n = @n", new Dictionary<string, object>(StringComparer.Ordinal) { ["@n"] = 1 }), new ActionDefinition("SET a = 1"));
        await broker.Catalogue.CreateSubscriptionAsync("events", new SubscriptionDefinition { Name = "made", Rules = [rule] }, default);
        await broker.Catalogue.DeleteQueueAsync("tiny", default);

        broker = await ReopenAsync(compacted);

        Assert.Equal("mine", broker.Catalogue.GetQueue("made")!.Definition.UserMetadata);
        await broker.FindTarget("events")!.SendAsync(
            [new BrokerMessage { Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = 1 } }], default);
        Assert.Equal(1L, broker.FindQueue("events/subscriptions/made")!.Peek(0, 1, null)[0].Message.Properties["a"]);
        Assert.Equal(rule.Name, Assert.Single(broker.Catalogue.GetRules("events", "made", 0, 10)!).Name);
        Assert.NotNull(broker.FindQueue("tiny")); // it is declared, so it is made again
    }

    [Theory]
    [InlineData(DiskFault.FullDisk)]
    [InlineData(DiskFault.FailedSync)]
    public async Task When_the_disk_fails_senders_and_receivers_are_told_and_what_was_acknowledged_is_there_after_a_restart(DiskFault fault)
    {
        var broker = await OpenAsync();
        await using var client = broker.CreateClient();
        await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
        _disk.FailNext(fault);

        var late = await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("2")));
        Assert.Equal((ServiceBusFailureReason.ServiceBusy, true), (late.Reason, late.IsTransient));
        await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateReceiver("plain").ReceiveMessageAsync(TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateSender("events").SendMessageAsync(new ServiceBusMessage("3")));
        _clock.Advance(TimeSpan.FromHours(1)); // alarms of a broker that can do nothing more

        await broker.DisposeAsync();
        _disk.Restart();
        broker = await OpenAsync();
        var bodies = broker.FindQueue("plain")!.Peek(0, 10, null).Select(d => d.Message.Body.ToString()).ToList();
        Assert.InRange(bodies.Count, 1, 2);
        await SendAsync(broker.FindQueue("plain")!, "4");
    }

    private async Task<ServiceBusBroker> OpenAsync(bool releaseLocks = false) => _broker = await ServiceBusBroker.OpenAsync(
        MessagingTopology.Parse(TestNamespace.Topology), _clock, _disk.Open(), new JournalOptions(), null, CancellationToken.None, releaseLocks);

    private async Task<ServiceBusBroker> ReopenAsync(bool compacted)
    {
        if (compacted)
        {
            await _broker!.CompactAsync(CancellationToken.None);
        }

        await _broker!.DisposeAsync();
        _disk.Restart();
        return await OpenAsync();
    }

    private static async Task SendAsync(MessageQueue queue, params string[] ids)
    {
        foreach (var id in ids)
        {
            Assert.IsType<SendOutcome.Accepted>(await queue.SendAsync([new BrokerMessage { MessageId = id }], default));
        }
    }

    private static async Task<IReadOnlyList<Delivery>> ReceiveAsync(MessageQueue queue, int most, SessionHold? hold = null) => Assert.IsType<ReceiveOutcome.Received>(
        await queue.ReceiveAsync(new ReceiveRequest(most, Delete: false), hold, TimeSpan.Zero, default)).Messages;

    private static async Task SettleAsync(MessageQueue queue, Delivery delivery, Settlement settlement) =>
        Assert.IsType<LockOutcome.Done>(await queue.SettleAsync(delivery.LockToken, settlement, null, default));
}
