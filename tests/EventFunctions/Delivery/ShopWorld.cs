using System.Text;
using System.Text.Json;
using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using EventFunctions.Shipping.Api;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Partners;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Storing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Tests.Delivery;

/// <summary>
/// The whole app, function by function: endpoints, relay, broker, handlers, saga. What the host would do side by side, the test
/// does one after the other, in the order of its choice.
/// </summary>
internal sealed class ShopWorld : IAsyncDisposable
{
    private const string Secret = "a-secret-of-some-length";
    private static readonly TimeProvider Clock = new StandingClock();
    private readonly List<OrderId> _orders = [];
    private readonly RequestMetadata _metadata = new();

    public ShopWorld(
        IEventStore? events = null, IEventLookup? lookup = null, IViewStore? views = null, IInbox? inbox = null, Action<IServiceCollection>? more = null)
    {
        var memory = new InMemoryEventStore(Publishing.EventSamples.Serializer);
        Events = new TappedEventStore(events ?? memory);
        Views = new RecordedViewStore(views ?? new InMemoryViewStore());
        Saga = new SagaWorld(
            Clock,
            before: services => (more is null ? services : Added(services, more))
                .AddSingleton<IEventStore>(Events)
                .AddSingleton(lookup ?? memory)
                .AddSingleton<IViewStore>(Views)
                .AddSingleton(inbox ?? new InMemoryInbox(new InboxOptions(), Clock))
                .AddSingleton(Moq.Mock.Of<IParkedEvents>(Moq.MockBehavior.Strict))
                .AddSingleton(Bus.Client),
            engineTime: TimeProvider.System);
        Sagas = new SagaPort(Saga.Client);
        _metadata.Fill(new HttpCall(null, (RequestMetadata.CorrelationHeader, "corr-1")).Request, hostTraceParent: null);
    }

    public TappedEventStore Events { get; }

    public RecordedViewStore Views { get; }

    public LocalBus Bus { get; } = new();

    public SagaWorld Saga { get; }

    public SagaPort Sagas { get; }

    /// <summary>Every event that was relayed.</summary>
    public List<EventEnvelope> Relayed { get; } = [];

    public Task StartAsync() => Saga.Engine.StartAsync(CancellationToken.None);

    /// <summary>An outsider wants to be told of orders.</summary>
    public async Task RegisterWebhookAsync() => Assert.True(await Saga.Get<IWebhooks>().SaveAsync(
        new Webhook(new Guid("5f0c5a5e-0f0d-4b43-8a57-6f6c7b0a1d22"), new Uri("https://outsider.test/"), ["shop.order.*"], null, "sealed", Clock.GetUtcNow(), WebhookState.Enabled)
        {
            VerifiedAt = Clock.GetUtcNow(),
        },
        token: null,
        CancellationToken.None));

    /// <summary>Pieces come in, by the endpoint.</summary>
    public Task ReplenishAsync(string product, int quantity, string key) => CallAsync(
        200,
        new HttpCall($$"""{"quantity":{{quantity}}}""", (IdempotencyKey.Header, key)),
        r => new ReplenishStockEndpoint(Saga.Get<IAggregateRepository<StockItem, StockItemEvent>>(), new ReplenishValidator(), _metadata, Clock)
            .RunAsync(r, product, CancellationToken.None));

    /// <summary>An order of one or more products is placed, by the endpoint.</summary>
    public async Task<OrderId> PlaceAsync(string key, params IEnumerable<string> products)
    {
        var lines = string.Join(',', products.Select(p => $$"""{"productId":"{{p}}","quantity":2,"unitPrice":5.25}"""));
        var body = $$"""
            {"customerId":"customer-1","currency":"EUR","paymentToken":"tok_ok",
             "shippingAddress":{"name":"A. Buyer","line1":"Street 1","postalCode":"12345","city":"Town","country":"DE"},"lines":[{{lines}}]}
            """;
        var call = await CallAsync(
            201,
            new HttpCall(body, (IdempotencyKey.Header, key)),
            r => new PlaceOrderEndpoint(Saga.Get<IAggregateRepository<Order, OrderEvent>>(), new PlaceOrderValidator(), _metadata, Saga.Get<IOptions<OrderingOptions>>(), Clock)
                .RunAsync(r, CancellationToken.None));
        var order = new OrderId(Guid.ParseExact(call.Json.GetProperty("orderId").GetString()!, "N"));
        _orders.Add(order);
        return order;
    }

    /// <summary>What was committed goes through the relay and the broker: the messages, each with the function it is for.</summary>
    public async Task<IReadOnlyList<RoutedMessage>> RelayAsync()
    {
        var committed = Events.Take();
        Relayed.AddRange(committed);
        await Saga.Get<ChangeRelay>().RelayAsync([.. committed.Select(Publishing.EventSamples.Document)], CancellationToken.None);
        return await Bus.TakeAsync();
    }

    /// <summary>Waits until no saga can go on by itself, and lets the carrier deliver if that is what they wait for.</summary>
    /// <returns>Whether anything may have happened since.</returns>
    public async Task<bool> SettleAsync()
    {
        foreach (var order in _orders)
        {
            await Eventually.HoldsAsync(async () => await IsIdleAsync(order), $"the saga of {order} waits or has ended");
            if (!await HasEndedAsync(order))
            {
                await ReportAsync(order, CarrierEventRequest.Dispatched);
                await ReportAsync(order, CarrierEventRequest.Delivered);
                return true;
            }
        }

        return false;
    }

    /// <summary>How the saga of an order ended.</summary>
    public async Task<string> EndOfAsync(OrderId order) => (await Saga.EndAsync(order)).State;

    public async ValueTask DisposeAsync()
    {
        await Saga.DisposeAsync();
        await Bus.DisposeAsync();
    }

    private static IServiceCollection Added(IServiceCollection services, Action<IServiceCollection> more)
    {
        more(services);
        return services;
    }

    private static async Task<HttpCall> CallAsync(int status, HttpCall call, Func<Microsoft.AspNetCore.Http.HttpRequest, Task<Microsoft.AspNetCore.Http.IResult>> endpoint)
    {
        await call.AnswerAsync(endpoint);
        Assert.True(call.Response.StatusCode == status, $"{call.Response.StatusCode}, not {status}");
        return call;
    }

    private async Task<bool> HasEndedAsync(OrderId order) => (await Saga.Client.GetInstanceAsync(order.ToString()))!.IsCompleted;

    private async Task<bool> IsIdleAsync(OrderId order)
    {
        var saga = await Saga.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true);
        var isTold = Sagas.Told.Contains($"tell {order} {OrderSagaEvents.ShipmentDelivered}");
        return saga is { IsCompleted: true }
            || (!isTold && saga?.ReadCustomStatusAs<OrderSagaStatus>() is { State: OrderSagaState.AwaitingDelivery });
    }

    private Task<HttpCall> ReportAsync(OrderId order, string status)
    {
        var body = JsonSerializer.Serialize(
            new CarrierEventRequest(order.ToString(), $"shp-{order}", "TRACK", status, Clock.GetUtcNow()), EventJson.Options);
        var signature = CarrierSignatureTests.Sign(Encoding.UTF8.GetBytes(body), Secret, Clock.GetUtcNow());
        return CallAsync(
            204,
            new HttpCall(body, (CarrierSignature.Header, signature)),
            r => new ReceiveCarrierEventEndpoint(
                new CarrierSignature(Secret, Clock),
                new CarrierEventValidator(),
                Saga.Get<IAggregateRepository<Shipment, ShipmentEvent>>(),
                Saga.Get<IEventLookup>(),
                _metadata,
                Clock).RunAsync(r, CancellationToken.None));
    }
}
