using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Tests;

#pragma warning disable CA1001 // The test framework disposes by IAsyncLifetime.
public sealed class ServiceBusTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Topology = """
        { "topics": [ { "name": "events", "subscriptions": [
            { "name": "plain", "maxDeliveryCount": 3 }, { "name": "sessions", "requiresSession": true, "maxDeliveryCount": 3 } ] } ], "queues": [] }
        """;

    private readonly ServiceBusBroker _broker = new(MessagingTopology.Parse(Topology), TimeProvider.System);
    private ServiceBusClient _client = null!;

    public Task InitializeAsync()
    {
        _client = _broker.CreateClient();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(typeof(AsMessage))]
    [InlineData(typeof(AsText))]
    [InlineData(typeof(AsBytes))]
    [InlineData(typeof(AsData))]
    [InlineData(typeof(AsObject))]
    public async Task A_message_is_bound_to_the_trigger_s_type_and_completed(Type function)
    {
        await using var app = await StartAsync(function);

        await SendAsync(Message("""{"Name":"one"}""", "1"));

        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 1, "the message arrived");
        Assert.Equal("""{"Name":"one"}""", app.Recorder.Entries[0]);
        await DrainedAsync("plain");
    }

    [Fact]
    public async Task Metadata_is_bound_by_name()
    {
        await using var app = await StartAsync(typeof(WithMetadata));
        var message = Message("x", "id-7");
        message.CorrelationId = "c-1";
        message.ApplicationProperties["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        await SendAsync(message);

        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 1, "the message arrived");
        Assert.Equal("id-7 1 c-1 True True", app.Recorder.Entries[0]);
    }

    [Fact]
    public async Task A_function_that_throws_gets_the_message_again_until_it_is_dead_lettered()
    {
        await using var app = await StartAsync(typeof(Throws));

        await SendAsync(Message("x", "1"));

        await Eventually.HoldsAsync(() => _broker.GetCounts("events", "plain").DeadLetter == 1, "the message is dead-lettered");
        Assert.Equal([1, 2, 3], app.Recorder.Of<int>());
    }

    [Fact]
    public async Task A_function_settles_its_messages_itself_where_the_trigger_says_so()
    {
        await using var app = await StartAsync(typeof(Settles));
        foreach (var body in new[] { "complete", "dead-letter", "abandon" })
        {
            await SendAsync(Message(body, body));
        }

        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 4, "each message came once and the abandoned one twice");
        await DrainedAsync("plain");

        Assert.Equal(1, _broker.GetCounts("events", "plain").DeadLetter);
        await using var dead = _client.CreateReceiver("events", "plain", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var letter = await dead.ReceiveMessageAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("dead-letter", letter.MessageId);
        Assert.Equal("poison", letter.DeadLetterReason);
    }

    [Fact]
    public async Task Sessions_run_side_by_side_and_each_in_order()
    {
        await using var app = await StartAsync(typeof(InSessions));
        var sent = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            foreach (var session in new[] { "a", "b", "c" })
            {
                sent.Add($"{session}{i}");
                await SendAsync(new ServiceBusMessage($"{session}{i}") { MessageId = $"{session}{i}", SessionId = session });
            }
        }

        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count >= 30, "all messages arrived");
        await DrainedAsync("sessions");

        var received = app.Recorder.Of<string>();
        Assert.Equal(sent.Order(), received.Order());
        Assert.All(
            new[] { "a", "b", "c" },
            session => Assert.Equal(sent.Where(m => m.StartsWith(session, StringComparison.Ordinal)), received.Where(m => m.StartsWith(session, StringComparison.Ordinal))));
    }

    private static ServiceBusMessage Message(string body, string id) => new(body) { MessageId = id, SessionId = "any" };

    private async Task SendAsync(ServiceBusMessage message)
    {
        await using var sender = _client.CreateSender("events");
        await sender.SendMessageAsync(message);
    }

    private Task DrainedAsync(string subscription) => Eventually.HoldsAsync(
        () => _broker.GetCounts("events", subscription) is { Active: 0, Locked: 0 }, "no message is left");

    private Task<TestApp> StartAsync(Type function) => TestApp.StartAsync(new TestAppOptions
    {
        Functions = [function],
        ServiceBusClient = _client,
        Settings = new() { ["Bus"] = "local" },
        HostJson = """{ "version": "2.0", "extensions": { "serviceBus": { "sessionIdleTimeout": "00:00:00.2" } } }""",
    });

    public sealed record Named(string Name);

    public sealed class AsMessage(Recorder recorder)
    {
        [Function("AsMessage")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] ServiceBusReceivedMessage message) =>
            recorder.Add(message.Body.ToString());
    }

    public sealed class AsText(Recorder recorder)
    {
        [Function("AsText")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] string message) => recorder.Add(message);
    }

    public sealed class AsBytes(Recorder recorder)
    {
        [Function("AsBytes")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] byte[] message) =>
            recorder.Add(System.Text.Encoding.UTF8.GetString(message));
    }

    public sealed class AsData(Recorder recorder)
    {
        [Function("AsData")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] BinaryData message) => recorder.Add(message.ToString());
    }

    public sealed class AsObject(Recorder recorder)
    {
        [Function("AsObject")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] Named message) =>
            recorder.Add(System.Text.Json.JsonSerializer.Serialize(message));
    }

    public sealed class WithMetadata(Recorder recorder)
    {
        [Function("WithMetadata")]
        public void Run(
            [ServiceBusTrigger("events", "plain", Connection = "Bus")] string message,
            string messageId,
            int deliveryCount,
            string correlationId,
            DateTime enqueuedTimeUtc,
            FunctionContext context) =>
            recorder.Add($"{messageId} {deliveryCount} {correlationId} {enqueuedTimeUtc.Kind == DateTimeKind.Utc} "
                + context.TraceContext.TraceParent.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", StringComparison.Ordinal));
    }

    public sealed class Throws(Recorder recorder)
    {
        [Function("Throws")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus")] string message, int deliveryCount)
        {
            recorder.Add(deliveryCount);
            throw new InvalidOperationException("never");
        }
    }

    public sealed class Settles(Recorder recorder)
    {
        [Function("Settles")]
        public Task Run(
            [ServiceBusTrigger("events", "plain", Connection = "Bus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
            ServiceBusMessageActions actions)
        {
            recorder.Add(message.MessageId);
            return message.Body.ToString() switch
            {
                "dead-letter" => actions.DeadLetterMessageAsync(message, deadLetterReason: "poison"),
                "abandon" when message.DeliveryCount == 1 => actions.AbandonMessageAsync(message),
                _ => actions.CompleteMessageAsync(message),
            };
        }
    }

    public sealed class InSessions(Recorder recorder)
    {
        [Function("InSessions")]
        public async Task Run(
            [ServiceBusTrigger("events", "sessions", Connection = "Bus", IsSessionsEnabled = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage message,
            ServiceBusMessageActions actions,
            ServiceBusSessionMessageActions session)
        {
            await session.SetSessionStateAsync(BinaryData.FromString(message.MessageId));
            recorder.Add((await session.GetSessionStateAsync()).ToString());
            await actions.CompleteMessageAsync(message);
        }
    }
}
