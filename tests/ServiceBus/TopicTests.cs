using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class TopicTests : IAsyncDisposable
{
    private readonly TestNamespace _namespace = new();

    public ValueTask DisposeAsync() => _namespace.DisposeAsync();

    [Fact]
    public async Task Each_subscription_gets_what_its_rules_select()
    {
        var sender = _namespace.Client.CreateSender("events");
        await sender.SendMessageAsync(Message("1", "order-placed", 1));
        await sender.SendMessageAsync(Message("2", "order-paid", 11));
        await sender.SendMessageAsync(Message("3", "order-paid", 10));
        await sender.SendMessageAsync(Message("4", "Order-Placed", 99));

        Assert.Equal(["1", "2", "3", "4"], await BodiesAsync("All"));
        Assert.Equal(["1", "2"], await BodiesAsync("Placed"));
    }

    [Fact]
    public async Task Copies_live_their_own_lives()
    {
        await _namespace.Client.CreateSender("events").SendMessageAsync(Message("1", "order-placed", 1));
        var all = _namespace.Client.CreateReceiver("events", "All");
        var placed = _namespace.Client.CreateReceiver("events", "Placed");
        await all.AbandonMessageAsync(await _namespace.ReceiveAsync(all), new Dictionary<string, object> { ["mine"] = true });
        await all.CompleteMessageAsync(await _namespace.ReceiveAsync(all));

        var copy = await _namespace.ReceiveAsync(placed);

        Assert.Equal(1, copy.DeliveryCount);
        Assert.False(copy.ApplicationProperties.ContainsKey("mine"));
    }

    [Fact]
    public async Task A_message_no_subscription_selects_disappears()
    {
        using var narrow = new NarrowTopic();

        await narrow.Client.CreateSender("narrow").SendMessageAsync(new ServiceBusMessage("1") { Subject = "other" });

        Assert.Equal(0, narrow.Broker.GetCounts("narrow", "only").Total);
    }

    [Fact]
    public async Task A_message_without_a_session_is_dead_lettered_where_sessions_are_required()
    {
        await _namespace.SendAsync("events", "none");

        var dead = await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver(
            "events", "Sessions", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }));
        Assert.Equal("Session ID is null", dead.DeadLetterReason);
        Assert.Equal("events/Subscriptions/Sessions", dead.DeadLetterSource);
        Assert.Equal(1, _namespace.Broker.GetCounts("events", "All").Active);
    }

    [Fact]
    public async Task A_filter_that_fails_sends_the_message_to_the_dead_letter_queue_if_so_declared()
    {
        await _namespace.Client.CreateSender("events").SendMessageAsync(Message("1", "x", 5));

        Assert.Equal(new SubscriptionCounts(0, 0, 0, 0, 1, 1), _namespace.Broker.GetCounts("events", "Broken"));
        Assert.Equal(0, _namespace.Broker.GetCounts("events", "BrokenSilently").Total);
        var dead = await _namespace.ReceiveAsync(_namespace.Client.CreateReceiver(
            "events", "Broken", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }));
        Assert.Equal("FilterException", dead.DeadLetterReason);
        Assert.Contains("'odd'", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_can_change_the_properties_others_receive()
    {
        await _namespace.Client.CreateSender("events").SendMessageAsync(
            new ServiceBusMessage("x") { SessionId = "s", ApplicationProperties = { ["n"] = 1 } });
        var receiver = _namespace.Client.CreateReceiver("events", "All");
        var first = await _namespace.ReceiveAsync(receiver);
        AssertFixed(first);
        await receiver.AbandonMessageAsync(first, new Dictionary<string, object> { ["tried"] = "here" });

        AssertFixed(await _namespace.ReceiveAsync(receiver));
        Assert.Equal(["n"], (await _namespace.Client.CreateReceiver("events", "Sessions").PeekMessageAsync()).ApplicationProperties.Keys);
        AssertFixed(ServiceBusModelFactory.ServiceBusReceivedMessage(properties: new Dictionary<string, object> { ["n"] = 1 }));

        static void AssertFixed(ServiceBusReceivedMessage message) => Assert.Throws<NotSupportedException>(
            () => Assert.IsAssignableFrom<IDictionary<string, object>>(message.ApplicationProperties)["n"] = 2);
    }

    [Fact]
    public async Task Unknown_names_are_refused_and_letter_case_is_not_regarded()
    {
        var unknown = await Assert.ThrowsAsync<ServiceBusException>(() => _namespace.SendAsync("nothing", "x"));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, unknown.Reason);
        await Assert.ThrowsAsync<ServiceBusException>(() => _namespace.Client.CreateReceiver("events", "None").PeekMessageAsync());
        Assert.Throws<ArgumentException>(() => _namespace.Broker.GetCounts("events", "None"));

        await _namespace.SendAsync("EVENTS", "x");

        Assert.Equal(1, _namespace.Broker.GetCounts("Events", "all").Active);
    }

    [Fact]
    public async Task Peeking_pages_through_everything_and_locks_nothing()
    {
        await _namespace.SendAsync("plain", "1", "2", "3", "4");
        var due = _namespace.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await _namespace.Client.CreateSender("plain").ScheduleMessageAsync(new ServiceBusMessage("5"), due);
        var receiver = _namespace.Client.CreateReceiver("plain");
        await receiver.CompleteMessageAsync(await _namespace.ReceiveAsync(receiver));
        await receiver.DeferMessageAsync(await _namespace.ReceiveAsync(receiver));
        await receiver.AbandonMessageAsync(await _namespace.ReceiveAsync(receiver));
        await _namespace.ReceiveAsync(receiver); // "3" again, now locked

        var first = await receiver.PeekMessagesAsync(2);
        var second = await receiver.PeekMessagesAsync(5);

        Assert.Equal(["2", "3"], first.Select(m => m.Body.ToString()));
        Assert.Equal(["4", "5"], second.Select(m => m.Body.ToString()));
        Assert.Equal(
            [ServiceBusMessageState.Deferred, ServiceBusMessageState.Active, ServiceBusMessageState.Active, ServiceBusMessageState.Scheduled],
            first.Concat(second).Select(m => m.State));
        Assert.Equal(1, first[1].DeliveryCount);
        Assert.Null(await receiver.PeekMessageAsync());
        Assert.Equal("2", (await receiver.PeekMessageAsync(fromSequenceNumber: 1)).Body.ToString());
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(first[0]));
        Assert.Equal(new SubscriptionCounts(1, 1, 1, 1, 0, 4), _namespace.Broker.GetCounts("plain"));
    }

    private static ServiceBusMessage Message(string body, string subject, int amount) =>
        new(body) { SessionId = "s", Subject = subject, ApplicationProperties = { ["amount"] = amount } };

    private async Task<IEnumerable<string>> BodiesAsync(string subscription) =>
        (await _namespace.Client.CreateReceiver("events", subscription).ReceiveMessagesAsync(10)).Select(m => m.Body.ToString());

    private sealed class NarrowTopic : IDisposable
    {
        public NarrowTopic() => Client = Broker.CreateClient();

        public ServiceBusBroker Broker { get; } = new(MessagingTopology.Parse("""
            { "topics": [ { "name": "narrow", "subscriptions": [ { "name": "only", "rules": [
              { "name": "r", "filterType": "CorrelationFilter", "correlationFilter": { "properties": { "kind": "a" } } } ] } ] } ] }
            """), TimeProvider.System);

        public ServiceBusClient Client { get; }

        public void Dispose() => Broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
