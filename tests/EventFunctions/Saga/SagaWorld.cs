using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Local.DurableTask;
using EventFunctions.Notifications.Mail;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments;
using EventFunctions.Shipping;
using EventFunctions.Tests.Notifications;
using EventFunctions.Tests.Replenishment;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Webhooks;
using EventFunctions.Webhooks.Sending;
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
    public const int StepAttempts = 3;
    public static readonly string[] Products = ["apple", "pear", "plum"];

    /// <summary>Whose orders are placed; a guest, as long as no account is opened.</summary>
    public static readonly CustomerId Buyer = new("customer-1");

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly ServiceProvider _services;

    /// <summary>Makes a world, on stores in memory unless it is given others.</summary>
    /// <param name="timeProvider">The clock of everything; the system's if none is given.</param>
    /// <param name="settings">Beside those that make the saga quick.</param>
    /// <param name="before">Registers what takes the place of what is in memory.</param>
    /// <param name="engineTime">The clock of the engine alone.</param>
    /// <param name="version">The version that orchestrations are started with.</param>
    public SagaWorld(
        TimeProvider? timeProvider = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? before = null,
        TimeProvider? engineTime = null,
        string version = OrderSaga.CurrentVersion)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(SagaWorldSettings.Quick).AddInMemoryCollection(settings ?? []).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        before?.Invoke(services);
        services.AddInMemoryStores();
        services.TryAddSingleton<IWebhookSender>(Webhooks);
        services.AddSingleton<IPaymentProvider>(Payments);
        services.AddSingleton<IPaymentReversal>(Payments);
        services.AddSingleton<ICarrier>(Carrier);
        services.AddSingleton<ISupplier>(Supplier);
        services.AddSingleton<IMailer>(Mailer);
        services.TryAddScoped<RequestMetadata>();
        services.AddStores(configuration).AddPublishing(configuration).AddOrdering().AddChoreography().AddReporting().AddCatalog()
            .AddReplenishment().AddCustomers().AddNotifications().AddIntegration().AddProjectionHealth().AddProjections();
        _services = services.BuildServiceProvider();
        Dispatcher = new FunctionDispatcher(_services);
        Engine = new DurableTaskEngine(
            Dispatcher, new DurableTaskEngineOptions { DefaultVersion = version }, engineTime ?? timeProvider ?? TimeProvider.System, NullLoggerFactory.Instance);
    }

    public FakePaymentProvider Payments { get; } = new();

    public FakeCarrier Carrier { get; } = new();

    public FakeSupplier Supplier { get; } = new();

    public FakeMailer Mailer { get; } = new();

    public RecordingWebhookSender Webhooks { get; } = new();

    public FunctionDispatcher Dispatcher { get; }

    public DurableTaskEngine Engine { get; }

    public DurableTaskClient Client => Engine.Client;

    public OrderSagaStarter Starter => _services.GetRequiredService<OrderSagaStarter>();

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Offers every product, stocks those that are named (all if none is), and starts the engine.</summary>
    public async Task StartAsync(params string[] products)
    {
        foreach (var product in Products)
        {
            await OfferAsync(product, new Money(5, new Currency("EUR")));
        }

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

    /// <summary>Describes a product and puts it on sale.</summary>
    public async Task OfferAsync(string product, Money price)
    {
        var id = new ProductId(product);
        var create = new CreateProduct(
            id, new Sku(product.ToUpperInvariant()), new ProductName(product), ProductDescription.None, new ProductCategory("fruit"), price);
        await SendAsync(id, create);
        await SendAsync(id, new ActivateProduct());
    }

    /// <summary>Sends a command to a product.</summary>
    public async Task SendAsync(ProductId id, ProductCommand command) =>
        Assert.IsType<CommandResult<Product>.Committed>(await Get<IAggregateRepository<Product, ProductEvent>>().ExecuteAsync(
            Product.StreamOf(id),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "offering")),
            p => ProductDecider.Decide(p, command, DateTimeOffset.UnixEpoch)));

    /// <summary>Opens an account for <see cref="Buyer"/> and sends it a command.</summary>
    public async Task OpenAccountAsync(CustomerCommand then)
    {
        var register = new RegisterCustomer(
            Buyer, new PersonName("A. Buyer"), new Email("a.buyer@outsider.test"), CustomerPreferences.Default);
        foreach (var command in new[] { register, then })
        {
            Assert.IsType<CommandResult<Customer>.Committed>(await Get<IAggregateRepository<Customer, CustomerEvent>>().ExecuteAsync(
                Customer.StreamOf(Buyer),
                new CommandContext(new EventMetadata(Guid.NewGuid(), "account")),
                c => CustomerDecider.Decide(c, command, DateTimeOffset.UnixEpoch)));
        }
    }

    /// <summary>Places an order of two of each product at 5 EUR.</summary>
    public async Task<OrderId> PlaceAsync(bool needsReview = false)
    {
        var orderId = new OrderId(Guid.NewGuid());
        var lines = Products.Select(p => new OrderLine(new ProductId(p), new Quantity(2), new Money(5, new Currency("EUR")))).ToList();
        var command = new PlaceOrder(
            orderId, Buyer, lines, new Address("A. Buyer", "Street 1", null, "12345", "Town", "DE"), new PaymentToken("tok_ok"), NeedsReview: needsReview);
        var result = await Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Order.StreamOf(orderId),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
            o => OrderDecider.Decide(o, command, DateTimeOffset.UnixEpoch));
        Assert.IsType<CommandResult<Order>.Committed>(result);
        return orderId;
    }

    /// <summary>Starts the saga; the parcel's arrival is announced once it is ordered, and kept until the saga waits for it.</summary>
    public async Task StartSagaAsync(OrderId orderId, bool parcelArrives = true, bool needsReview = false)
    {
        Dispatcher.Effect = (activity, instance) => parcelArrives && activity == OrderSteps.CreateShipment
            ? Client.RaiseEventAsync(instance, OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(DateTimeOffset.UnixEpoch))
            : Task.CompletedTask;
        await Starter.EnsureStartedAsync(Client, new SagaTrace(orderId.ToString(), "corr-1", "cause-1"), cancellation: null, CancellationToken.None, needsReview);
    }

    public Task<OrderSagaResult> EndAsync(OrderId orderId) => EndAsync(orderId.ToString());

    /// <summary>The end of a saga, or of its resumption.</summary>
    public async Task<OrderSagaResult> EndAsync(string instanceId)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var saga = await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, deadline.Token);
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

    /// <summary>Waits until the saga shows a state.</summary>
    public Task ShowsAsync(OrderId orderId, string state) => Eventually.HoldsAsync(
        async () => (await Client.GetInstanceAsync(orderId.ToString(), getInputsAndOutputs: true))?.ReadCustomStatusAs<OrderSagaStatus>()?.State == state,
        $"the saga is {state}");

    /// <summary>Sends a command to the order, as an endpoint does.</summary>
    public async Task<CommandResult<Order>> SendAsync(OrderId orderId, Func<Order, Decision<OrderEvent>> decide) =>
        await Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Order.StreamOf(orderId), new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")), decide);

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
