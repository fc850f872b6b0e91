using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>A namespace with one entity of each kind, on a clock that only a test moves.</summary>
internal sealed class TestNamespace : IAsyncDisposable
{
    public const string Topology = """
        {
          "topics": [
            { "name": "events", "requiresDuplicateDetection": true, "duplicateDetectionHistoryTimeWindow": "PT10M",
              "defaultMessageTimeToLive": "P14D", "maxMessageSizeInKilobytes": 256,
              "subscriptions": [
                { "name": "All" },
                { "name": "Sessions", "requiresSession": true, "lockDuration": "PT1M", "maxDeliveryCount": 3,
                  "deadLetteringOnMessageExpiration": true },
                { "name": "Placed", "rules": [
                  { "name": "placed", "filterType": "CorrelationFilter", "correlationFilter": { "label": "order-placed" } },
                  { "name": "paid", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "sys.Label = 'order-paid' AND amount > 10" } } ] },
                { "name": "Broken", "rules": [
                  { "name": "odd", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "amount / 0 = 1" } } ] },
                { "name": "BrokenSilently", "deadLetteringOnFilterEvaluationExceptions": false, "rules": [
                  { "name": "odd", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "amount / 0 = 1" } } ] } ] } ],
          "queues": [
            { "name": "plain", "lockDuration": "PT30S", "maxDeliveryCount": 3 },
            { "name": "expiring", "defaultMessageTimeToLive": "PT1M", "deadLetteringOnMessageExpiration": true },
            { "name": "dropping", "defaultMessageTimeToLive": "PT1M" },
            { "name": "unique", "requiresDuplicateDetection": true, "duplicateDetectionHistoryTimeWindow": "PT30S" },
            { "name": "sessions", "requiresSession": true, "lockDuration": "PT30S", "maxDeliveryCount": 3 },
            { "name": "tiny", "maxMessageSizeInKilobytes": 1 } ]
        }
        """;

    public TestNamespace(TimeProvider? clock = null)
    {
        Broker = new ServiceBusBroker(MessagingTopology.Parse(Topology), clock ?? Clock);
        Client = Broker.CreateClient();
    }

    public ManualTimeProvider Clock { get; } = new();

    public ServiceBusBroker Broker { get; }

    public ServiceBusClient Client { get; }

    public async Task SendAsync(string entity, params string[] bodies)
    {
        await using var sender = Client.CreateSender(entity);
        foreach (var body in bodies)
        {
            await sender.SendMessageAsync(new ServiceBusMessage(body));
        }
    }

    public async Task SendToSessionAsync(string entity, string session, params string[] bodies)
    {
        await using var sender = Client.CreateSender(entity);
        foreach (var body in bodies)
        {
            await sender.SendMessageAsync(new ServiceBusMessage(body) { SessionId = session });
        }
    }

    public async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver receiver)
    {
        var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromTicks(1));
        Clock.Advance(TimeSpan.FromTicks(1));
        return await receiving ?? throw new InvalidOperationException($"Nothing to receive from {receiver.EntityPath}.");
    }

    public async Task AssertNothingAsync(ServiceBusReceiver receiver)
    {
        var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromTicks(1));
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await receiving);
    }

    public ServiceBusReceiver DeadLettersOf(string entity) =>
        Client.CreateReceiver(entity, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
