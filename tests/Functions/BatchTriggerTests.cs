using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Moq;

namespace EventFunctions.Local.Functions.Tests;

/// <summary>Service Bus triggers that take several messages at once.</summary>
public sealed class BatchTriggerTests : IAsyncDisposable
{
    private const string Topology = """
        { "topics": [ { "name": "events", "subscriptions": [
            { "name": "plain", "maxDeliveryCount": 3 }, { "name": "sessions", "requiresSession": true, "maxDeliveryCount": 3 } ] } ], "queues": [] }
        """;

    private readonly ServiceBusBroker _broker = new(MessagingTopology.Parse(Topology), TimeProvider.System);
    private readonly ServiceBusClient _client;

    public BatchTriggerTests() => _client = _broker.CreateClient();

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(typeof(Batched), "plain")]
    [InlineData(typeof(BatchedSessions), "sessions")]
    public async Task A_batched_trigger_gets_every_message_once(Type function, string subscription)
    {
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(new ServiceBusMessage($"{i}") { MessageId = $"{i}", SessionId = $"s{i % 2}" });
        }

        await using var app = await StartAsync(function, _client);
        await Eventually.HoldsAsync(() => app.Recorder.Of<string>().Count >= 20, "all messages arrived");
        await DrainedAsync(subscription);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), app.Recorder.Of<string>().Order());
    }

    [Fact]
    public async Task A_batched_trigger_goes_on_after_a_failure_it_does_not_know()
    {
        var client = new Mock<ServiceBusClient>();
        client.SetupSequence(c => c.CreateReceiver("events", "plain"))
            .Returns(_client.CreateReceiver("events", "plain")) // to see that the subscription is there
            .Throws(new InvalidDataException("odd"))
            .Returns(_client.CreateReceiver("events", "plain"));
        await using var app = await StartAsync(typeof(Batched), client.Object);

        await SendAsync(Message("x", "1"));

        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 1, "the message arrived");
        await DrainedAsync("plain");
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("receiving from events failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batched_trigger_goes_on_to_other_sessions_when_the_lock_of_an_idle_one_ends()
    {
        var clock = new ManualTimeProvider();
        await using var broker = new ServiceBusBroker(MessagingTopology.Parse(Topology), clock);
        await using var client = broker.CreateClient();
        await using var sender = client.CreateSender("events");
        await using var app = await StartAsync(typeof(BatchedSessions), client, idleTimeout: "00:10:00");
        await sender.SendMessageAsync(new ServiceBusMessage("1") { SessionId = "a" });
        await Eventually.HoldsAsync(
            () => app.Recorder.Entries.Count == 1 && broker.GetCounts("events", "sessions").Total == 0, "the first session is drained");
        await sender.SendMessageAsync(new ServiceBusMessage("2") { SessionId = "b" });

        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return app.Recorder.Entries.Contains("2");
            },
            "the second session's message arrived");

        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private static ServiceBusMessage Message(string body, string id) => new(body) { MessageId = id, SessionId = "any" };

    private async Task SendAsync(ServiceBusMessage message)
    {
        await using var sender = _client.CreateSender("events");
        await sender.SendMessageAsync(message);
    }

    private Task DrainedAsync(string subscription) => Eventually.HoldsAsync(
        () => _broker.GetCounts("events", subscription) is { Active: 0, Locked: 0 }, "no message is left");

    private static Task<TestApp> StartAsync(Type function, ServiceBusClient client, string idleTimeout = "00:00:00.2")
    {
        var batches = $$"""{ "sessionIdleTimeout": "{{idleTimeout}}", "maxMessageBatchSize": 8 }""";
        return TestApp.StartAsync(new TestAppOptions
        {
            Functions = [function],
            ServiceBusClient = client,
            Settings = new() { ["Bus"] = "local" },
            HostJson = $$"""{ "version": "2.0", "extensions": { "serviceBus": {{batches}} } }""",
        });
    }

    public sealed class Batched(Recorder recorder)
    {
        [Function("Batched")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus", IsBatched = true)] ServiceBusReceivedMessage[] messages)
        {
            Assert.InRange(messages.Length, 1, 8);
            foreach (var message in messages)
            {
                recorder.Add(message.MessageId);
            }
        }
    }

    public sealed class BatchedSessions(Recorder recorder)
    {
        [Function("BatchedSessions")]
        public void Run(
            [ServiceBusTrigger("events", "sessions", Connection = "Bus", IsBatched = true, IsSessionsEnabled = true)] string[] messages)
        {
            foreach (var message in messages)
            {
                recorder.Add(message);
            }
        }
    }
}
