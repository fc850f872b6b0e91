using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments;
using EventFunctions.Shipping;
using EventFunctions.Tests.Webhooks;
using EventFunctions.Webhooks.Sending;
using EventFunctions.Webhooks.Storing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Saga;

/// <summary>Everything an order's saga touches: the real engine, activities, aggregates and stores; only the partners are played.</summary>
internal sealed class SagaWorld : IAsyncDisposable
{
    public const int InitialStock = 100;
    public static readonly string[] Products = ["apple", "pear", "plum"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly ServiceProvider _services;

    /// <summary>Makes a world, on stores in memory unless it is given others.</summary>
    /// <param name="timeProvider">The clock of everything; the system's if none is given.</param>
    /// <param name="settings">Beside those that make the saga quick.</param>
    /// <param name="before">Registers what takes the place of what is in memory.</param>
    /// <param name="engineTime">The clock of the engine alone.</param>
    public SagaWorld(
        TimeProvider? timeProvider = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? before = null,
        TimeProvider? engineTime = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ordering:RetryDelay"] = "00:00:00.001",
            ["Ordering:LongestRetryDelay"] = "00:00:00.002",
            ["Ordering:SettleDelay"] = "00:00:00.005",
            ["Ordering:StepAttempts"] = "3",
            ["Ordering:UndoAttempts"] = "3",
            ["Webhooks:MasterKey"] = Convert.ToBase64String(new byte[32]),
        }).AddInMemoryCollection(settings ?? []).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        before?.Invoke(services);
        services.TryAddSingleton<InMemoryEventStore>();
        services.TryAddSingleton<IEventStore>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<IEventLookup>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<IEventQueries, InMemoryEventQueries>();
        services.TryAddSingleton<IEventFeed>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.TryAddSingleton<InMemoryViewStore>();
        services.TryAddSingleton<IViewStore>(provider => provider.GetRequiredService<InMemoryViewStore>());
        services.TryAddSingleton<IViewScan>(provider => provider.GetRequiredService<InMemoryViewStore>());
        services.TryAddSingleton<IStalledStreams, InMemoryStalledStreams>();
        services.TryAddSingleton<IInbox, InMemoryInbox>();
        services.TryAddSingleton<IAuditTrail, InMemoryAuditTrail>();
        var webhooks = new InMemoryViewStore();
        services.TryAddSingleton(new StoredWebhooks(webhooks, webhooks));
        services.TryAddSingleton<IWebhookDeliveries>(new StoredWebhookDeliveries(new InMemoryViewStore()));
        services.TryAddSingleton<IWebhookSender>(Webhooks);
        services.AddSingleton<IPaymentProvider>(Payments);
        services.AddSingleton<IPaymentReversal>(Payments);
        services.AddSingleton<ICarrier>(Carrier);
        services.AddStores(configuration).AddPublishing(configuration).AddOrdering().AddIntegration().AddProjectionHealth().AddProjections();
        _services = services.BuildServiceProvider();
        Dispatcher = new FunctionDispatcher(_services);
        Engine = new DurableTaskEngine(
            Dispatcher, new DurableTaskEngineOptions(), engineTime ?? timeProvider ?? TimeProvider.System, NullLoggerFactory.Instance);
    }

    public FakePaymentProvider Payments { get; } = new();

    public FakeCarrier Carrier { get; } = new();

    public RecordingWebhookSender Webhooks { get; } = new();

    public FunctionDispatcher Dispatcher { get; }

    public DurableTaskEngine Engine { get; }

    public DurableTaskClient Client => Engine.Client;

    public OrderSagaStarter Starter => _services.GetRequiredService<OrderSagaStarter>();

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Stocks the products and starts the engine.</summary>
    public async Task StartAsync(params string[] products)
    {
        foreach (var product in products.Length == 0 ? Products : products)
        {
            var id = new ProductId(product);
            await Get<IAggregateRepository<StockItem, StockItemEvent>>().ExecuteAsync(
                StockItem.StreamOf(id),
                new CommandContext(new EventMetadata(Guid.NewGuid(), "stocking")),
                s => StockItemDecider.Decide(s, new Replenish(id, new Quantity(InitialStock)), DateTimeOffset.UnixEpoch));
        }

        await Engine.StartAsync(CancellationToken.None);
    }

    /// <summary>Places an order of two of each product at 5 EUR.</summary>
    public async Task<OrderId> PlaceAsync()
    {
        var orderId = new OrderId(Guid.NewGuid());
        var lines = Products.Select(p => new OrderLine(new ProductId(p), new Quantity(2), new Money(5, new Currency("EUR")))).ToList();
        var command = new PlaceOrder(
            orderId, new CustomerId("customer-1"), lines, new Address("A. Buyer", "Street 1", null, "12345", "Town", "DE"), new PaymentToken("tok_ok"));
        var result = await Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Order.StreamOf(orderId),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
            o => OrderDecider.Decide(o, command, DateTimeOffset.UnixEpoch));
        Assert.IsType<CommandResult<Order>.Committed>(result);
        return orderId;
    }

    /// <summary>Starts the saga; the parcel's arrival is announced once it is ordered, and kept until the saga waits for it.</summary>
    public async Task StartSagaAsync(OrderId orderId, bool parcelArrives = true)
    {
        Dispatcher.Effect = (activity, instance) => parcelArrives && activity == OrderSteps.CreateShipment
            ? Client.RaiseEventAsync(instance, OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(DateTimeOffset.UnixEpoch))
            : Task.CompletedTask;
        await Starter.EnsureStartedAsync(Client, new SagaTrace(orderId.ToString(), "corr-1", "cause-1"), cancellation: null, CancellationToken.None);
    }

    public async Task<OrderSagaResult> EndAsync(OrderId orderId)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var saga = await Client.WaitForInstanceCompletionAsync(orderId.ToString(), getInputsAndOutputs: true, deadline.Token);
        Assert.True(saga.RuntimeStatus == OrchestrationRuntimeStatus.Completed, saga.FailureDetails?.ToString());
        var result = saga.ReadOutputAs<OrderSagaResult>()!;
        Assert.Equal(result.State, saga.ReadCustomStatusAs<OrderSagaStatus>()!.State);
        return result;
    }

    public async Task<OrderSagaResult> RunAsync(OrderId orderId)
    {
        await StartSagaAsync(orderId);
        return await EndAsync(orderId);
    }

    public async Task<Order> OrderAsync(OrderId orderId) =>
        (await Get<IAggregateRepository<Order, OrderEvent>>().LoadAsync(Order.StreamOf(orderId))).State;

    public async Task<Payment> PaymentAsync(OrderId orderId) =>
        (await Get<IAggregateRepository<Payment, PaymentEvent>>().LoadAsync(Payment.StreamOf(orderId))).State;

    public async Task<IReadOnlyList<EventEnvelope>> EventsAsync(StreamName stream)
    {
        var events = new List<EventEnvelope>();
        await foreach (var envelope in Get<IEventStore>().ReadAsync(stream, 1))
        {
            events.Add(envelope);
        }

        return events;
    }

    public async Task<StockItem> StockAsync(string product) =>
        (await Get<IAggregateRepository<StockItem, StockItemEvent>>().LoadAsync(StockItem.StreamOf(new ProductId(product)))).State;

    /// <summary>As if the order had never been: stock, money and carrier.</summary>
    public async Task AssertUndoneAsync(OrderId orderId)
    {
        foreach (var product in Products)
        {
            var stock = await StockAsync(product);
            Assert.True(stock.ProductId is null || stock is { OnHand: InitialStock, Reserved: 0 }, $"{product}: {stock.OnHand} on hand, {stock.Reserved} reserved");
        }

        if (Payments.Held(orderId.ToString()) is { } held)
        {
            Assert.True(held.IsVoided || (held.Captured > 0 && held.Captured == held.Refunded), held.ToString());
            var payment = await PaymentAsync(orderId);
            Assert.Equal(held.IsVoided ? PaymentStatus.Voided : PaymentStatus.Refunded, payment.Status);
        }

        Assert.Equal(0, Carrier.ActiveShipments);
        Assert.Equal(OrderStatus.Cancelled, (await OrderAsync(orderId)).Status);
    }

    /// <summary>Sold and paid: stock, money and carrier.</summary>
    public async Task AssertSoldAsync(OrderId orderId)
    {
        foreach (var product in Products)
        {
            var stock = await StockAsync(product);
            Assert.Equal((InitialStock - 2, 0), (stock.OnHand, stock.Reserved));
        }

        var held = Payments.Held(orderId.ToString());
        Assert.Equal((30m, 0m, false), (held!.Captured, held.Refunded, held.IsVoided));
        Assert.Equal(1, Carrier.ActiveShipments);
        Assert.Equal(OrderStatus.Delivered, (await OrderAsync(orderId)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _services.DisposeAsync();
    }
}
