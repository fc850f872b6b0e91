using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests.Entities;

/// <summary>Autoforwarding (Microsoft Learn, "Chaining Service Bus entities with autoforwarding").</summary>
public sealed class ForwardingTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    private EntityCatalogue Catalogue => _namespace.Broker.Catalogue;

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task Messages_go_on_with_their_number_and_none_is_lost()
    {
        await CreateAsync(new QueueDefinition { Name = "target" }, new QueueDefinition { Name = "source", ForwardTo = "target" });
        await _namespace.SendAsync("source", [.. Enumerable.Range(1, 250).Select(i => $"{i}")]);

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("target").Active == 250, "all is forwarded");

        Assert.Equal(0, _namespace.Broker.GetCounts("source").Total);
        var received = await _namespace.Client.CreateReceiver("target").ReceiveMessagesAsync(300);
        Assert.Equal(Enumerable.Range(1, 250).Select(i => $"{i}"), received.Select(m => m.Body.ToString()));
        Assert.Equal(Enumerable.Range(1, 250).Select(i => (long)i), received.Select(m => m.EnqueuedSequenceNumber));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _namespace.Client.CreateReceiver("source").ReceiveMessageAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_subscription_forwards_to_a_topic_whose_rules_decide()
    {
        await Catalogue.CreateTopicAsync(new TopicDefinition { Name = "second" }, default);
        await Catalogue.CreateSubscriptionAsync("second", Subscription("red", "color = 'red'"), default);
        await Catalogue.CreateSubscriptionAsync("events", Subscription("on", "1=1") with { ForwardTo = "second" }, default);

        foreach (var color in new[] { "red", "blue", "red" })
        {
            await _namespace.Client.CreateSender("events").SendMessageAsync(new ServiceBusMessage(color) { ApplicationProperties = { ["color"] = color } });
        }

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("events", "on").Total == 0, "all is forwarded");
        Assert.Equal(2, _namespace.Broker.GetCounts("second", "red").Active);
    }

    [Fact]
    public async Task Dead_letters_go_on_with_their_source_and_reason()
    {
        await CreateAsync(new QueueDefinition { Name = "letters" }, new QueueDefinition { Name = "source", ForwardDeadLetteredMessagesTo = "letters" });
        await _namespace.SendAsync("source", "1");
        var receiver = _namespace.Client.CreateReceiver("source");
        await receiver.DeadLetterMessageAsync(await _namespace.ReceiveAsync(receiver), "because");

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("letters").Active == 1, "the dead letter is forwarded");

        var letter = await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("letters"));
        Assert.Equal(("because", "source", 1), (letter.DeadLetterReason, letter.DeadLetterSource, letter.DeliveryCount));
        Assert.Equal(0, _namespace.Broker.GetCounts("source").Total);
    }

    [Fact]
    public async Task A_message_goes_on_four_times_and_then_to_the_dead_letters()
    {
        await CreateAsync(new QueueDefinition { Name = "end" }, new QueueDefinition { Name = "hop5", ForwardTo = "end" });
        for (var hop = 4; hop >= 1; hop--)
        {
            await CreateAsync(new QueueDefinition { Name = $"hop{hop}", ForwardTo = $"hop{hop + 1}" });
        }

        await _namespace.SendAsync("hop2", "arrives");
        await _namespace.SendAsync("hop1", "does not");

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("end").Active == 1 && _namespace.Broker.GetCounts("hop5").DeadLetter == 1, "both are where they end");
        Assert.Equal("arrives", (await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver("end"))).Body.ToString());
        Assert.Equal("MaxTransferHopCountExceeded", (await _namespace.ReceiveAsync(_namespace.DeadLettersOf("hop5"))).DeadLetterReason);
    }

    [Fact]
    public async Task What_its_target_does_not_take_goes_to_the_dead_letters()
    {
        await CreateAsync(
            new QueueDefinition { Name = "gone" }, new QueueDefinition { Name = "off", Status = EntityStatus.SendDisabled },
            new QueueDefinition { Name = "to-gone", ForwardTo = "gone" }, new QueueDefinition { Name = "to-off", ForwardTo = "off" },
            new QueueDefinition { Name = "to-sessions", ForwardTo = "sessions" });
        await Catalogue.DeleteQueueAsync("gone", default);
        foreach (var (source, reason) in new[] { ("to-gone", "MessagingEntityNotFound"), ("to-off", "MessagingEntityDisabled"), ("to-sessions", "Session ID is null") })
        {
            await _namespace.SendAsync(source, "1");
            await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts(source).DeadLetter == 1, "it is dead-lettered");
            Assert.Equal(reason, (await _namespace.ReceiveAsync(_namespace.DeadLettersOf(source))).DeadLetterReason);
        }
    }

    [Fact]
    public async Task A_dead_letter_waits_for_its_target()
    {
        await CreateAsync(new QueueDefinition { Name = "off", Status = EntityStatus.SendDisabled }, new QueueDefinition { Name = "source", ForwardDeadLetteredMessagesTo = "off" });
        await _namespace.SendAsync("source", "1");
        var receiver = _namespace.Client.CreateReceiver("source");
        await receiver.DeadLetterMessageAsync(await _namespace.ReceiveAsync(receiver));
        var dead = _namespace.Broker.FindQueue("source/$DeadLetterQueue")!;
        await Eventually.HoldsAsync(() => dead.NextDue > _namespace.Clock.GetUtcNow() && dead.NextDue < DateTimeOffset.MaxValue, "it was tried");
        Assert.Equal(1, _namespace.Broker.GetCounts("source").DeadLetter);

        await Catalogue.UpdateQueueAsync(Catalogue.GetQueue("off")!.Definition with { Status = EntityStatus.Active }, default);
        _namespace.Clock.Advance(TimeSpan.FromSeconds(10));

        await Eventually.HoldsAsync(() => _namespace.Broker.GetCounts("off").Active == 1, "it is forwarded");
        Assert.Equal(0, _namespace.Broker.GetCounts("source").Total);
    }

    private static SubscriptionDefinition Subscription(string name, string filter) =>
        new() { Name = name, Rules = [new RuleDefinition("r", new FilterDefinition.Sql(filter))] };

    private async Task CreateAsync(params QueueDefinition[] queues)
    {
        foreach (var queue in queues)
        {
            Assert.IsType<CatalogueOutcome<EntityInfo<QueueDefinition>>.Done>(await Catalogue.CreateQueueAsync(queue, default));
        }
    }
}
