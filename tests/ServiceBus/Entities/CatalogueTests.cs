using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests.Entities;

/// <summary>Entities are made, changed and deleted while others use them.</summary>
public sealed class CatalogueTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    private EntityCatalogue Catalogue => _namespace.Broker.Catalogue;

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task A_queue_is_made_used_changed_and_deleted()
    {
        var made = Assert.IsType<CatalogueOutcome<EntityInfo<QueueDefinition>>.Done>(
            await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "made", UserMetadata = "a" }, default));
        Assert.Equal(_namespace.Clock.GetUtcNow(), made.Value.CreatedAt);
        Assert.IsType<CatalogueOutcome<EntityInfo<QueueDefinition>>.AlreadyExists>(await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "MADE" }, default));
        Assert.IsType<CatalogueOutcome<EntityInfo<TopicDefinition>>.AlreadyExists>(await Catalogue.CreateTopicAsync(new TopicDefinition { Name = "made" }, default));
        await _namespace.SendAsync("made", "1");
        _namespace.Clock.Advance(TimeSpan.FromSeconds(5));

        var changed = Assert.IsType<CatalogueOutcome<EntityInfo<QueueDefinition>>.Done>(
            await Catalogue.UpdateQueueAsync(made.Value.Definition with { UserMetadata = "b", LockDuration = TimeSpan.FromSeconds(5) }, default));

        Assert.Equal(("b", TimeSpan.FromSeconds(5)), (changed.Value.Definition.UserMetadata, changed.Value.UpdatedAt - changed.Value.CreatedAt));
        Assert.Equal(1, changed.Value.Counts.Active);
        var receiver = _namespace.Client.CreateReceiver("made");
        Assert.Equal(_namespace.Clock.GetUtcNow().AddSeconds(5), (await _namespace.ReceiveAsync(receiver)).LockedUntil);

        var waiting = _namespace.Client.CreateReceiver("made").ReceiveMessageAsync();
        Assert.IsType<CatalogueOutcome<QueueDefinition>.Done>(await Catalogue.DeleteQueueAsync("made", default));
        var gone = await Assert.ThrowsAsync<ServiceBusException>(() => waiting);
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, gone.Reason);
        Assert.IsType<CatalogueOutcome<QueueDefinition>.NotFound>(await Catalogue.DeleteQueueAsync("made", default));
        await Assert.ThrowsAsync<ServiceBusException>(() => _namespace.SendAsync("made", "2"));

        await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "made" }, default);
        Assert.Equal(0, _namespace.Broker.GetCounts("made").Total); // another one, and empty
    }

    [Fact]
    public async Task A_subscription_gets_what_is_published_while_it_is_there()
    {
        await _namespace.SendAsync("events", "before");
        Assert.IsType<CatalogueOutcome<EntityInfo<SubscriptionDefinition>>.Done>(await Catalogue.CreateSubscriptionAsync("events", All("late"), default));
        Assert.IsType<CatalogueOutcome<EntityInfo<SubscriptionDefinition>>.AlreadyExists>(await Catalogue.CreateSubscriptionAsync("events", All("LATE"), default));
        Assert.IsType<CatalogueOutcome<EntityInfo<SubscriptionDefinition>>.NotFound>(await Catalogue.CreateSubscriptionAsync("none", All("late"), default));
        await _namespace.SendAsync("events", "while");
        Assert.Equal(1, _namespace.Broker.GetCounts("events", "late").Active);

        Assert.IsType<CatalogueOutcome<SubscriptionDefinition>.Done>(await Catalogue.DeleteSubscriptionAsync("events", "late", default));

        await _namespace.SendAsync("events", "after");
        Assert.Throws<ArgumentException>(() => _namespace.Broker.GetCounts("events", "late"));
        Assert.Equal(3, _namespace.Broker.GetCounts("events", "All").Active);
    }

    [Fact]
    public async Task A_deleted_topic_takes_its_subscriptions_with_it()
    {
        await _namespace.SendAsync("events", "1");

        Assert.IsType<CatalogueOutcome<TopicDefinition>.Done>(await Catalogue.DeleteTopicAsync("events", default));

        Assert.Null(_namespace.Broker.FindTarget("events"));
        Assert.Null(_namespace.Broker.FindQueue("events/Subscriptions/All"));
        Assert.Null(_namespace.Broker.FindQueue("events/Subscriptions/All/$DeadLetterQueue"));
        Assert.Null(Catalogue.GetTopic("events"));
        Assert.Null(Catalogue.GetSubscriptions("events", 0, 10));
    }

    [Fact]
    public async Task Lists_are_in_order_and_in_pages()
    {
        foreach (var name in new[] { "c", "a", "B" })
        {
            await Catalogue.CreateTopicAsync(new TopicDefinition { Name = name }, default);
            await Catalogue.CreateSubscriptionAsync("events", All(name), default);
        }

        Assert.Equal(["a", "B", "c", "events"], Catalogue.GetTopics(0, 100).Select(t => t.Definition.Name));
        Assert.Equal(["B", "c"], Catalogue.GetTopics(1, 2).Select(t => t.Definition.Name));
        Assert.Equal(["a", "All", "B", "Broken"], Catalogue.GetSubscriptions("events", 0, 4)!.Select(s => s.Definition.Name));
        Assert.Equal(6, Catalogue.GetQueues(0, 100).Count);
        Assert.Empty(Catalogue.GetQueues(6, 100));
        Assert.Equal(8, Catalogue.GetTopic("events")!.Definition.Subscriptions.Count);
    }

    [Fact]
    public async Task What_cannot_be_changed_is_refused_by_name()
    {
        var plain = Catalogue.GetQueue("plain")!.Definition;
        Assert.Contains("sessions", await RefusalAsync(Catalogue.UpdateQueueAsync(plain with { RequiresSession = true }, default)), StringComparison.Ordinal);
        Assert.Contains("duplicates", await RefusalAsync(Catalogue.UpdateQueueAsync(plain with { RequiresDuplicateDetection = true }, default)), StringComparison.Ordinal);
        Assert.Contains("duplicates", await RefusalAsync(
            Catalogue.UpdateTopicAsync(Catalogue.GetTopic("events")!.Definition with { RequiresDuplicateDetection = false }, default)), StringComparison.Ordinal);
        Assert.Contains("sessions", await RefusalAsync(
            Catalogue.UpdateSubscriptionAsync("events", All("All") with { RequiresSession = true }, default)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a$b")]
    [InlineData("a b")]
    [InlineData("a#")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        await RefusalAsync(Catalogue.CreateQueueAsync(new QueueDefinition { Name = name }, default));
        await RefusalAsync(Catalogue.CreateTopicAsync(new TopicDefinition { Name = name }, default));
        await RefusalAsync(Catalogue.CreateSubscriptionAsync("events", All(name), default));
    }

    public static TheoryData<string, QueueDefinition> Limits() => new()
    {
        { "lock", new QueueDefinition { Name = "q", LockDuration = TimeSpan.FromSeconds(4) } },
        { "lock", new QueueDefinition { Name = "q", LockDuration = TimeSpan.FromSeconds(301) } },
        { "delivery count", new QueueDefinition { Name = "q", MaxDeliveryCount = 0 } },
        { "time to live", new QueueDefinition { Name = "q", DefaultMessageTimeToLive = TimeSpan.FromMilliseconds(999) } },
        { "deleted", new QueueDefinition { Name = "q", AutoDeleteOnIdle = TimeSpan.FromMinutes(4) } },
        { "metadata", new QueueDefinition { Name = "q", UserMetadata = new string('x', 1025) } },
        { "message size", new QueueDefinition { Name = "q", MaxMessageSizeInKilobytes = 102_401 } },
        { "maximum size", new QueueDefinition { Name = "q", MaxSizeInMegabytes = 81_921 } },
        { "window", new QueueDefinition { Name = "q", DuplicateDetectionHistoryTimeWindow = TimeSpan.FromSeconds(19) } },
        { "forwardTo", new QueueDefinition { Name = "q", ForwardTo = "none" } },
        { "forwardTo", new QueueDefinition { Name = "q", ForwardTo = "plain", RequiresSession = true } },
        { "forwardDeadLetteredMessagesTo", new QueueDefinition { Name = "q", ForwardDeadLetteredMessagesTo = "none" } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_value_beyond_its_limits_is_refused(string what, QueueDefinition definition) =>
        Assert.Contains(what, await RefusalAsync(Catalogue.CreateQueueAsync(definition, default)), StringComparison.Ordinal);

    [Fact]
    public async Task Runtime_counts_tell_what_is_where_and_how_much_it_takes()
    {
        var queue = _namespace.Broker.FindQueue("plain")!;
        await _namespace.SendAsync("plain", "1", "2", "3");
        await _namespace.Client.CreateSender("plain").ScheduleMessageAsync(new ServiceBusMessage("4"), _namespace.Clock.GetUtcNow().AddHours(1));
        var receiver = _namespace.Client.CreateReceiver("plain");
        await receiver.DeadLetterMessageAsync(await _namespace.ReceiveAsync(receiver));
        var held = await _namespace.ReceiveAsync(receiver);

        var counts = queue.GetRuntimeCounts();
        Assert.Equal((2L, 1L, 1L, 0L, 0L, 4L), (counts.Active, counts.Scheduled, counts.DeadLetter, counts.Transfer, counts.TransferDeadLetter, counts.Total));
        Assert.True(counts.SizeInBytes > 0);

        await receiver.AbandonMessageAsync(held, new Dictionary<string, object> { ["more"] = new string('x', 1000) });
        Assert.True(queue.GetRuntimeCounts().SizeInBytes > counts.SizeInBytes + 1000);
        foreach (var path in new[] { "plain", "plain/$DeadLetterQueue" })
        {
            var rest = await _namespace.Client.CreateReceiver(path, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }).ReceiveMessagesAsync(10);
            Assert.NotEmpty(rest);
        }

        var scheduled = Assert.Single(queue.Peek(0, 10, null));
        await _namespace.Client.CreateSender("plain").CancelScheduledMessageAsync(scheduled.SequenceNumber);
        Assert.Equal((0L, 0L), (queue.GetRuntimeCounts().Total, queue.GetRuntimeCounts().SizeInBytes));
        Assert.Equal(0, queue.Shard.Meter.Bytes);
    }

    [Fact]
    public async Task A_topics_scheduled_messages_can_be_peeked_and_counted()
    {
        var due = _namespace.Clock.GetUtcNow().AddHours(1);
        await _namespace.Client.CreateSender("events").ScheduleMessagesAsync([new ServiceBusMessage("1"), new ServiceBusMessage("2")], due);
        var topic = _namespace.Broker.Catalogue.FindTopic("events")!;

        Assert.Equal(["1", "2"], topic.Peek(0, 10).Select(d => d.Message.Body.ToString().Length == 0 ? "" : System.Text.Encoding.UTF8.GetString(d.Message.Body.Span)));
        Assert.Single(topic.Peek(2, 10));
        Assert.Equal((2L, 2L), (topic.GetRuntimeCounts().Scheduled, topic.GetRuntimeCounts().Total));
    }

    private static SubscriptionDefinition All(string name) => new() { Name = name, Rules = [new RuleDefinition("$Default", new FilterDefinition.Sql("1=1"))] };

    private static async Task<string> RefusalAsync<T>(ValueTask<CatalogueOutcome<T>> outcome) => Assert.IsType<CatalogueOutcome<T>.Refused>(await outcome).Reason;
}
