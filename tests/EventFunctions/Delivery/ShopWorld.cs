using System.Text.Json;
using EventFunctions.Catalog.Api;
using EventFunctions.Composition;
using EventFunctions.Customers.Api;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using EventFunctions.Tests.Http;
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
    private readonly PlayedPartners _partners;
    private readonly WaitingSagas _waiting;
    private readonly Dictionary<OrderId, OrderFlow> _orders = [];
    private readonly HashSet<string> _supplied = [];
    private readonly List<CustomerId> _customers = [];
    private readonly RequestMetadata _metadata = new();

    public ShopWorld(
        IEventStore? events = null,
        IEventLookup? lookup = null,
        IViewStore? views = null,
        IInbox? inbox = null,
        TimeProvider? engineTime = null,
        PersonalDataVault? personalData = null,
        Action<IServiceCollection>? more = null)
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
                .AddSingleton(personalData ?? PersonalDataVault.None)
                .AddSingleton(Bus.Client),
            engineTime: engineTime ?? TimeProvider.System);
        Sagas = new SagaPort(Saga.Client);
        _partners = new PlayedPartners(Saga, Sagas, _metadata);
        _waiting = new WaitingSagas(Saga, Sagas);
        _metadata.Fill(new HttpCall(null, (RequestMetadata.CorrelationHeader, "corr-1")).Request, hostTraceParent: null);
    }

    public static TimeProvider Clock { get; } = new StandingClock();

    public TappedEventStore Events { get; }

    public RecordedViewStore Views { get; }

    public LocalBus Bus { get; } = new();

    public SagaWorld Saga { get; }

    public SagaPort Sagas { get; }

    /// <summary>Whether the carrier delivers what it has taken on.</summary>
    public bool ParcelsArrive { get; set; } = true;

    /// <summary>Every event that was relayed.</summary>
    public List<EventEnvelope> Relayed { get; } = [];

    public Task StartAsync() => Saga.Engine.StartAsync(CancellationToken.None);

    /// <summary>A product is described, put on sale and on stock, by the endpoints.</summary>
    /// <param name="product">The product.</param>
    /// <param name="quantity">How many pieces.</param>
    public async Task StockUpAsync(string product, int quantity)
    {
        await OfferAsync(product);
        await ReplenishAsync(product, quantity, $"first-{product}");
    }

    /// <summary>A product is described and put on sale, by the endpoints.</summary>
    public async Task OfferAsync(string product)
    {
        var sender = new ProductCommandSender(Saga.Get<IAggregateRepository<Product, ProductEvent>>(), _metadata, Clock);
        var body = $$"""
            {"productId":"{{product}}","sku":"{{product.ToUpperInvariant()}}","name":"{{product}}","category":"fruit",
             "price":{"amount":5.25,"currency":"EUR"} }
            """;
        await Answered.AsAsync(
            201,
            new HttpCall(body, (IdempotencyKey.Header, $"create-{product}")),
            r => new CreateProductEndpoint(sender, new CreateProductValidator()).RunAsync(r, CancellationToken.None));
        await Answered.AsAsync(
            200,
            new HttpCall(null, (IdempotencyKey.Header, $"activate-{product}")),
            r => new ActivateProductEndpoint(sender).RunAsync(r, product, CancellationToken.None));
    }

    /// <summary>A product is not sold any more.</summary>
    public Task TakeOffSaleAsync(string product) => Answered.AsAsync(
        200,
        new HttpCall(null, (IdempotencyKey.Header, $"deactivate-{product}")),
        r => new DeactivateProductEndpoint(new ProductCommandSender(Saga.Get<IAggregateRepository<Product, ProductEvent>>(), _metadata, Clock))
            .RunAsync(r, product, CancellationToken.None));

    /// <summary>An outsider wants to be told of orders.</summary>
    public async Task RegisterWebhookAsync() => Assert.True(await Saga.Get<IWebhooks>().SaveAsync(
        new Webhook(new Guid("5f0c5a5e-0f0d-4b43-8a57-6f6c7b0a1d22"), new Uri("https://outsider.test/"), ["shop.order.*"], null, "sealed", Clock.GetUtcNow(), WebhookState.Enabled)
        {
            VerifiedAt = Clock.GetUtcNow(),
        },
        token: null,
        CancellationToken.None));

    /// <summary>Pieces come in, by the endpoint.</summary>
    public Task ReplenishAsync(string product, int quantity, string key, int? lowStockThreshold = null) => Answered.AsAsync(
        200,
        new HttpCall(JsonSerializer.Serialize(new { quantity, lowStockThreshold }), (IdempotencyKey.Header, key)),
        r => new ReplenishStockEndpoint(Saga.Get<IAggregateRepository<StockItem, StockItemEvent>>(), new ReplenishValidator(), _metadata, Clock)
            .RunAsync(r, product, CancellationToken.None));

    /// <summary>An order of one or more products is placed, by the endpoint.</summary>
    public Task<OrderId> PlaceAsync(string key, params IEnumerable<string> products) => PlaceAsync(key, new OrderingOptions(), products);

    /// <summary>The same for a customer.</summary>
    public Task<OrderId> PlaceForAsync(string customer, string key, params IEnumerable<string> products) =>
        PlaceAsync(customer, key, new OrderingOptions(), products);

    /// <summary>The same, with the settings that are then in force.</summary>
    public Task<OrderId> PlaceAsync(string key, OrderingOptions settings, params IEnumerable<string> products) =>
        PlaceAsync(SagaWorld.Buyer.Value, key, settings, products);

    private async Task<OrderId> PlaceAsync(string customer, string key, OrderingOptions settings, IEnumerable<string> products)
    {
        var lines = string.Join(',', products.Select(p => $$"""{"productId":"{{p}}","quantity":2,"unitPrice":5.25}"""));
        var body = $$"""
            {"customerId":"{{customer}}","currency":"EUR","paymentToken":"tok_ok",
             "shippingAddress":{"name":"A. Buyer","line1":"Street 1","postalCode":"12345","city":"Town","country":"DE"},"lines":[{{lines}}]}
            """;
        var call = await Answered.AsAsync(
            201,
            new HttpCall(body, (IdempotencyKey.Header, key)),
            r => new PlaceOrderEndpoint(Saga.Get<IAggregateRepository<Order, OrderEvent>>(), new PlaceOrderValidator(), _metadata, Options.Create(settings), Clock)
                .RunAsync(r, CancellationToken.None));
        var order = new OrderId(Guid.ParseExact(call.Json.GetProperty("orderId").GetString()!, "N"));
        _orders.Add(order, settings.Flow);
        return order;
    }

    /// <summary>A request to an endpoint of accounts.</summary>
    /// <returns>The JSON it answered.</returns>
    public async Task<JsonElement> AskAsync<TEndpoint>(
        int status, string key, string? body, Func<TEndpoint, Microsoft.AspNetCore.Http.HttpRequest, Task<Microsoft.AspNetCore.Http.IResult>> endpoint)
    {
        await using var scope = Saga.Services.CreateAsyncScope();
        var function = ActivatorUtilities.CreateInstance<TEndpoint>(scope.ServiceProvider);
        scope.ServiceProvider.GetRequiredService<RequestMetadata>()
            .Fill(new HttpCall(null, (RequestMetadata.CorrelationHeader, "corr-1")).Request, hostTraceParent: null);
        return (await Answered.AsAsync(status, new HttpCall(body, (IdempotencyKey.Header, key)), r => endpoint(function, r))).Json;
    }

    /// <summary>A customer registers, by the endpoint.</summary>
    public async Task<CustomerId> RegisterAsync(string key, string body)
    {
        var answer = await AskAsync<RegisterCustomerEndpoint>(201, key, body, (e, r) => e.RunAsync(r, CancellationToken.None));
        var customer = new CustomerId(answer.GetProperty("customerId").GetString()!);
        _customers.Add(customer);
        return customer;
    }

    /// <summary>The customer of the orders has an account, which is then asked something.</summary>
    public async Task OpenAccountAsync(CustomerCommand then)
    {
        await Saga.OpenAccountAsync(then);
        _customers.Add(SagaWorld.Buyer);
    }

    /// <summary>What was committed goes through the relay and the broker: the messages, each with the function it is for.</summary>
    public async Task<IReadOnlyList<RoutedMessage>> RelayAsync()
    {
        var committed = Events.Take();
        Relayed.AddRange(committed);
        await Saga.Get<ChangeRelay>().RelayAsync([.. committed.Select(Publishing.EventSamples.Document)], CancellationToken.None);
        return await Bus.TakeAsync();
    }

    /// <summary>Waits until no saga can go on by itself, and lets the carrier or the supplier deliver if that is what they wait for.</summary>
    /// <returns>Whether anything may have happened since.</returns>
    public async Task<bool> SettleAsync()
    {
        foreach (var customer in _customers)
        {
            await Eventually.HoldsAsync(async () => await _waiting.IsIdleAsync(customer), $"the onboarding of {customer} waits or has ended");
        }

        foreach (var (order, flow) in _orders)
        {
            if (flow == OrderFlow.Choreography)
            {
                if (ParcelsArrive && await _waiting.IsOnItsWayAsync(order))
                {
                    await _partners.DeliverAsync(order);
                    return true;
                }

                continue;
            }

            await Eventually.HoldsAsync(async () => await _waiting.IsIdleAsync(order), $"the saga of {order} waits or has ended");
            if (ParcelsArrive && await _waiting.IsOnItsWayAsync(order))
            {
                await _partners.DeliverAsync(order);
                return true;
            }
        }

        foreach (var id in Sagas.Started(nameof(ReplenishmentSaga)))
        {
            if (!_supplied.Contains(id))
            {
                var ordered = await Eventually.FindsAsync(async () => await _waiting.OrderedAsync(id), $"{id} waits for the supplier");
                await _partners.ConfirmSupplyAsync(id, ordered);
                await Eventually.HoldsAsync(async () => (await Saga.Client.GetInstanceAsync(id))!.IsCompleted, $"{id} has ended");
                _supplied.Add(id);
                return true;
            }
        }

        return false;
    }

    /// <summary>The carrier delivers the parcel of an order and says so.</summary>
    public Task DeliverAsync(OrderId order) => _partners.DeliverAsync(order);

    /// <summary>The customer asks for the order to be cancelled, by the endpoint.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> CancelAsync(OrderId order, string reason)
    {
        var endpoint = new CancelOrderEndpoint(
            Saga.Get<IAggregateRepository<Order, OrderEvent>>(),
            Saga.Get<IEventLookup>(),
            Saga.Starter,
            new CancelOrderValidator(),
            _metadata,
            Clock,
            Saga.Get<CustomerWords>());
        var call = await new HttpCall($$"""{"reason":"{{reason}}"}""")
            .AnswerAsync(r => endpoint.RunAsync(r, Sagas.Client, order.ToString(), CancellationToken.None));
        return call.Response.StatusCode;
    }

    /// <summary>Somebody has reviewed an order.</summary>
    public async Task ApproveAsync(OrderId order) => Assert.IsType<CommandResult<Order>.Committed>(
        await Saga.Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Order.StreamOf(order),
            new CommandContext(_metadata.ForCommand(NameBasedGuid.Create(order.Value, "approve"))),
            state => OrderDecider.Decide(state, new ApproveOrder("reviewer"), Clock.GetUtcNow())));

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
}
