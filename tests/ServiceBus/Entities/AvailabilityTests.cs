using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests.Entities;

/// <summary>Status, quota, limits of messages, and entities that are deleted when nobody uses them.</summary>
public sealed class AvailabilityTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    private EntityCatalogue Catalogue => _namespace.Broker.Catalogue;

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Theory]
    [InlineData(EntityStatus.Active, true, true)]
    [InlineData(EntityStatus.Disabled, false, false)]
    [InlineData(EntityStatus.SendDisabled, false, true)]
    [InlineData(EntityStatus.ReceiveDisabled, true, false)]
    public async Task A_status_lets_be_done_what_it_says(EntityStatus status, bool sends, bool receives)
    {
        await _namespace.SendAsync("plain", "1");
        var receiver = _namespace.Client.CreateReceiver("plain");

        await Catalogue.UpdateQueueAsync(Catalogue.GetQueue("plain")!.Definition with { Status = status }, default);

        Assert.Equal(sends, await WorksAsync(() => _namespace.SendAsync("plain", "2")));
        Assert.Equal(receives, await WorksAsync(() => _namespace.ReceiveAsync(receiver)));
        await Catalogue.UpdateQueueAsync(Catalogue.GetQueue("plain")!.Definition with { Status = EntityStatus.Active }, default);
        Assert.Equal(sends ? 2 : 1, _namespace.Broker.GetCounts("plain").Total);
    }

    [Fact]
    public async Task Who_waits_is_told_when_an_entity_is_disabled()
    {
        var receiving = _namespace.Client.CreateReceiver("plain").ReceiveMessageAsync();
        var accepting = _namespace.Client.AcceptNextSessionAsync("sessions");
        foreach (var name in new[] { "plain", "sessions" })
        {
            await Catalogue.UpdateQueueAsync(Catalogue.GetQueue(name)!.Definition with { Status = EntityStatus.ReceiveDisabled }, default);
        }

        Assert.Equal(ServiceBusFailureReason.MessagingEntityDisabled, (await Assert.ThrowsAsync<ServiceBusException>(() => receiving)).Reason);
        Assert.Equal(ServiceBusFailureReason.MessagingEntityDisabled, (await Assert.ThrowsAsync<ServiceBusException>(() => accepting)).Reason);
    }

    [Fact]
    public async Task A_full_entity_takes_nothing_until_something_has_left()
    {
        await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "full", MaxSizeInMegabytes = 1, MaxMessageSizeInKilobytes = 1024 }, default);
        var sender = _namespace.Client.CreateSender("full");
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[600_000]));

        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage(new byte[600_000])));
        Assert.Equal((ServiceBusFailureReason.QuotaExceeded, false), (refused.Reason, refused.IsTransient));

        var receiver = _namespace.Client.CreateReceiver("full");
        await receiver.DeadLetterMessageAsync(await _namespace.ReceiveAsync(receiver));
        await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage(new byte[600_000]))); // its dead letters count
        var dead = _namespace.DeadLettersOf("full");
        await dead.CompleteMessageAsync(await _namespace.ReceiveAsync(dead));
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[600_000]));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public async Task A_message_or_a_batch_is_as_large_as_the_entity_allows(int kilobytes)
    {
        await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "sized", MaxMessageSizeInKilobytes = kilobytes }, default);
        var sender = _namespace.Client.CreateSender("sized");
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage(new byte[kilobytes * 1024])));
        Assert.Equal((ServiceBusFailureReason.MessageSizeExceeded, false), (refused.Reason, refused.IsTransient));
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[(kilobytes * 1024) - 100]));

        using var batch = await sender.CreateMessageBatchAsync();
        while (batch.TryAddMessage(new ServiceBusMessage(new byte[10_000])))
        {
        }

        Assert.Equal(kilobytes * 1024, batch.MaxSizeInBytes);
        Assert.InRange(batch.SizeInBytes, batch.MaxSizeInBytes - 11_000, batch.MaxSizeInBytes);
        await sender.SendMessagesAsync(batch);
        await Assert.ThrowsAsync<ServiceBusException>(
            () => sender.SendMessagesAsync(Enumerable.Range(0, batch.Count + 1).Select(_ => new ServiceBusMessage(new byte[10_000]))));
        Assert.Equal(batch.Count + 1, _namespace.Broker.GetCounts("sized").Active);
    }

    [Fact]
    public async Task Properties_beyond_their_limits_are_refused()
    {
        var queue = _namespace.Broker.FindQueue("plain")!;
        async Task<SendOutcome> SendAsync(BrokerMessage message) => await queue.SendAsync([message], default);

        Assert.IsType<SendOutcome.PropertiesInvalid>(await SendAsync(new BrokerMessage { MessageId = new string('x', 129) }));
        Assert.IsType<SendOutcome.PropertiesInvalid>(await SendAsync(new BrokerMessage { SessionId = new string('x', 129) }));
        Assert.IsType<SendOutcome.PropertiesInvalid>(await SendAsync(With(("big", new string('x', 33_000)))));
        Assert.IsType<SendOutcome.PropertiesInvalid>(await SendAsync(With(("a", new string('x', 25_000)), ("b", new string('x', 25_000)), ("c", new string('x', 25_000)))));
        Assert.IsType<SendOutcome.PropertiesInvalid>(await SendAsync(With(("odd", new object()))));
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(With(("a", new string('x', 30_000)), ("b", new string('x', 30_000)))));

        var held = Assert.IsType<ReceiveOutcome.Received>(await queue.ReceiveAsync(new ReceiveRequest(1, Delete: false), null, TimeSpan.Zero, default)).Messages[0];
        var more = new Dictionary<string, object>(StringComparer.Ordinal) { ["c"] = new string('x', 10_000) };
        Assert.IsType<LockOutcome.PropertiesInvalid>(await queue.SettleAsync(held.LockToken, new Settlement.Abandon(more), null, default));
        Assert.IsType<LockOutcome.Done>(await queue.SettleAsync(held.LockToken, new Settlement.Complete(), null, default));
    }

    [Fact]
    public async Task An_entity_that_nobody_uses_is_deleted_after_its_time()
    {
        await Catalogue.CreateQueueAsync(new QueueDefinition { Name = "idle", AutoDeleteOnIdle = TimeSpan.FromMinutes(5) }, default);
        await Catalogue.CreateSubscriptionAsync("events", new SubscriptionDefinition { Name = "idle", AutoDeleteOnIdle = TimeSpan.FromMinutes(7), Rules = [] }, default);
        _namespace.Clock.Advance(TimeSpan.FromMinutes(4));
        await _namespace.SendAsync("idle", "1");
        _namespace.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(Catalogue.GetQueue("idle"));
        Assert.Null(Catalogue.GetSubscription("events", "idle"));

        var receiving = _namespace.Client.CreateReceiver("idle/$DeadLetterQueue").ReceiveMessageAsync(TimeSpan.FromMinutes(30));
        _namespace.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await receiving);
        Assert.NotNull(Catalogue.GetQueue("idle")); // who waits uses it

        _namespace.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(Catalogue.GetQueue("idle"));
        Assert.NotNull(Catalogue.GetTopic("events"));
    }

    [Fact]
    public async Task A_shorter_lock_ends_before_a_longer_one_that_was_taken_earlier()
    {
        await _namespace.SendAsync("plain", "long", "short");
        var receiver = _namespace.Client.CreateReceiver("plain");
        await _namespace.ReceiveAsync(receiver); // for 30 s
        await Catalogue.UpdateQueueAsync(Catalogue.GetQueue("plain")!.Definition with { LockDuration = TimeSpan.FromSeconds(5) }, default);
        await _namespace.ReceiveAsync(receiver);

        _namespace.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((1L, 1L), (_namespace.Broker.GetCounts("plain").Active, _namespace.Broker.GetCounts("plain").Locked));
        Assert.Equal("short", (await _namespace.ReceiveAsync(receiver)).Body.ToString());
    }

    private static BrokerMessage With(params (string Name, object Value)[] properties) =>
        new() { Properties = properties.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) };

    private static async Task<bool> WorksAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (ServiceBusException disabled)
        {
            Assert.Equal(ServiceBusFailureReason.MessagingEntityDisabled, disabled.Reason);
            return false;
        }
    }
}
