using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Enrichment;
using EventFunctions.EventCatalog;
using EventFunctions.Local.Host;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>One correlation id and one trace, from the request that placed an order to the event that it was delivered.</summary>
public sealed class TraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string TraceParent = $"00-{TraceId}-00f067aa0ba902b7-01";

    [Fact]
    public async Task An_order_is_one_transaction_through_every_event_message_handler_step_and_outside_call()
    {
        var correlationId = Orders.Unique("trace");
        RecordedMessages? bus = null;
        using var activities = new RecordedActivities();
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions
        {
            ConfigureServices = services => services.AddSingleton<IEventPublisher>(p => bus = new RecordedMessages(p.GetRequiredService<ServiceBusClient>())),
        });
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 10);

        var order = await PlaceAsync(shop, product, correlationId);
        await shop.SettleAsync(order);
        var quiet = await shop.QuietAsync();

        var events = quiet.Events.Where(e => e.CorrelationId == correlationId).ToList();
        AssertEventsAreOneTransaction(quiet.Events, events, order);
        AssertMessagesAreOneTransaction(bus!, events, correlationId);
        await AssertHandlersAreOneTraceAsync(activities, events);
        await AssertCallsAreOneTransactionAsync(shop, correlationId);
        Assert.Contains(activities.Names(correlationId), n => n == "serve PlaceOrder");
    }

    private static void AssertEventsAreOneTransaction(IReadOnlyList<StoredEvent> all, List<StoredEvent> events, string order)
    {
        Assert.Equal(
            all.Where(e => e.Data.Contains(order, StringComparison.Ordinal)).Select(e => e.EventId).Order(), events.Select(e => e.EventId).Order());
        Assert.Contains(events, e => e.Type == "order-delivered");
        Assert.All(events, e => Assert.Equal(TraceId, e.TraceParent!.Split('-')[1]));
        var placed = Assert.Single(events, e => e.Type == "order-placed");
        var byId = events.ToDictionary(e => e.EventId);
        foreach (var last in events)
        {
            var (at, steps) = (last, 0);
            while (at.CausationId is { } cause)
            {
                Assert.True(byId.TryGetValue(cause, out var before), $"{at.Type} was caused by {cause}, which is no event of the transaction.");
                Assert.True(++steps < events.Count, $"{last.Type} leads back to itself.");
                at = before!;
            }

            Assert.Equal(placed.EventId, at.EventId);
        }
    }

    private static void AssertMessagesAreOneTransaction(RecordedMessages bus, List<StoredEvent> events, string correlationId)
    {
        var messages = bus.Sent.Where(m => m.Message.CorrelationId == correlationId).ToLookup(m => m.Topic == EventTopics.Integration, m => m.Message);
        Assert.Equal(events.Select(e => e.EventId).Order(), messages[false].Select(m => m.MessageId).Order());
        Assert.NotEmpty(messages[true]);
        Assert.All(messages.SelectMany(m => m), m => Assert.Equal(TraceId, m.ApplicationProperties["traceparent"].ToString()!.Split('-')[1]));
    }

    /// <summary>Counted at both ends: every function that the catalogue names as a consumer handled every event, in the trace.</summary>
    private static async Task AssertHandlersAreOneTraceAsync(RecordedActivities activities, List<StoredEvent> events)
    {
        using var catalog = JsonDocument.Parse(new PublishedFiles().Catalog.Content);
        var consumers = catalog.RootElement.GetProperty("events").EnumerateArray().ToDictionary(
            e => e.GetProperty("name").GetString()!,
            e => e.GetProperty("consumedBy").EnumerateArray().Select(c => c.GetProperty("function").GetString()!).ToList());
        // A saga leads the order, so the handlers that would lead it without one are not woken.
        var idle = typeof(PublishedFiles).Assembly.GetTypes()
            .Where(t => t.Namespace == "EventFunctions.Ordering.Choreography").Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var expected = events.SelectMany(e => consumers[e.Type].Where(f => !idle.Contains(f)).Select(function => (function, e.EventId))).Order().ToList();
        var ids = events.Select(e => e.EventId).ToHashSet(StringComparer.Ordinal);
        IEnumerable<(string, string)> Handled() => activities.Handled(TraceId).Where(h => ids.Contains(h.EventId)).Distinct().Order();
        try
        {
            await Eventually.HoldsAsync(() => Task.FromResult(Handled().SequenceEqual(expected)), "every consumer has handled every event in the trace");
        }
        catch (TimeoutException)
        {
            // Which ones are missing or too many is what somebody wants to see.
            Assert.Equal(expected.Except(Handled()).Select(e => $"{e.Item1} {events.Single(x => x.EventId == e.Item2).Type}"), Handled().Except(expected).Select(e => $"{e.Item1} {events.Single(x => x.EventId == e.Item2).Type}"));
            throw;
        }
    }

    private static async Task AssertCallsAreOneTransactionAsync(RunningShop shop, string correlationId)
    {
        var calls = (await shop.Sandbox.GetFromJsonAsync<JsonElement>($"calls?correlationId={correlationId}")).GetProperty("calls").EnumerateArray().ToList();
        Assert.Contains(calls, c => c.GetProperty("path").GetString() == "/payments/authorizations");
        Assert.Contains(calls, c => c.GetProperty("path").GetString()!.EndsWith("/capture", StringComparison.Ordinal));
        Assert.Contains(calls, c => c.GetProperty("path").GetString() == "/carrier/shipments");
        Assert.All(calls, c => Assert.Equal(TraceId, c.GetProperty("traceParent").GetString()!.Split('-')[1]));
    }

    private static async Task<string> PlaceAsync(RunningShop shop, string product, string correlationId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/orders") { Content = JsonContent.Create(Orders.Of(product, Orders.Unique("customer"))) };
        request.Headers.Add("X-Correlation-Id", correlationId);
        request.Headers.Add("traceparent", TraceParent);
        using var response = await shop.Http.SendAsync(request);
        Assert.Equal(correlationId, response.Headers.GetValues("X-Correlation-Id").Single());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetString()!;
    }

    private sealed class RecordedMessages(ServiceBusClient client) : IEventPublisher, IAsyncDisposable
    {
        private readonly ServiceBusEventPublisher _inner = new(client);

        public ConcurrentQueue<(string Topic, ServiceBusMessage Message)> Sent { get; } = [];

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        public async Task<IReadOnlyList<OversizedMessage>> PublishAsync(
            string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
        {
            var oversized = await _inner.PublishAsync(topic, messages, cancellationToken);
            foreach (var message in messages)
            {
                Sent.Enqueue((topic, message));
            }

            return oversized;
        }
    }

    /// <summary>What the app's own activities say of themselves when they have ended.</summary>
    private sealed class RecordedActivities : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = [];
        private readonly ActivityListener _listener;

        public RecordedActivities()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == EventActivities.SourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public void Dispose() => _listener.Dispose();

        public IEnumerable<string> Names(string correlationId) =>
            _ended.Where(a => (string?)a.GetTagItem(EventActivities.CorrelationKey) == correlationId).Select(a => a.OperationName);

        public IEnumerable<(string Function, string EventId)> Handled(string traceId) => _ended
            .Where(a => a.TraceId.ToHexString() == traceId && a.Kind == ActivityKind.Consumer)
            .Select(a => ((string)a.GetTagItem("faas.name")!, (string)a.GetTagItem("messaging.message.id")!));
    }
}
