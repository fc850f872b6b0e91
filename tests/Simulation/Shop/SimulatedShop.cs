using Azure.Messaging.ServiceBus;
using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Payments;
using EventFunctions.Shipping;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;
using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Simulation;

/// <summary>What outlives the process of the shop: its stores, its partners' books, its clock, and what others want of it.</summary>
internal sealed class SimulatedShop
{
    /// <summary>How long something that was sent to a partner may be under way.</summary>
    public static readonly TimeSpan SettleDelay = TimeSpan.FromSeconds(10);

    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(SagaWorldSettings.Quick)
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            // As an app has them, but for the attempts: the fewer, the sooner a run is at its end.
            ["Ordering:RetryDelay"] = "00:00:01",
            ["Ordering:LongestRetryDelay"] = "00:00:08",
            ["Ordering:SettleDelay"] = $"{SettleDelay}",
            ["Ordering:StepAttempts"] = "3",
            ["Ordering:UndoAttempts"] = "6",
        })
        .Build();

    private readonly Random _random;
    private readonly Outside _outside;
    private readonly DeadlineQueue _deadlines;
    private readonly InMemoryInbox _inbox;

    public SimulatedShop(Plan plan, Random random)
    {
        (Plan, _random) = (plan, random);
        Faults = new Faults(plan, random);
        _outside = new Outside(Crossing, Faults);
        _deadlines = new DeadlineQueue(Clock, Errands.Add);
        _inbox = new InMemoryInbox(new InboxOptions(), Clock);
        Payments.DeclineCapture = plan.DeclinesCaptures ? "card-declined-after-all" : null;
        Requests = new Requests(this);
    }

    public Plan Plan { get; }

    public ManualTimeProvider Clock { get; } = new();

    public Crossing Crossing { get; } = new();

    public Faults Faults { get; }

    public InMemoryEventStore Events { get; } = new(EventSamples.Serializer);

    public InMemoryViewStore Views { get; } = new();

    public FakePaymentProvider Payments { get; } = new();

    public FakeCarrier Carrier { get; } = new();

    public Requests Requests { get; }

    /// <summary>Every event that was committed, in order.</summary>
    public List<EventEnvelope> Committed { get; } = [];

    /// <summary>Everything that was or is asked of the process.</summary>
    public List<Errand> Errands { get; } = [];

    /// <summary>Offers and stocks the products, and lines up what people will want.</summary>
    public async Task OpenAsync()
    {
        foreach (var (product, pieces) in Plan.Stock)
        {
            var id = new ProductId(product);
            await SendAsync<Product, ProductEvent, ProductCommand>(Product.StreamOf(id), $"offer {product}", ProductDecider.Decide, new CreateProduct(
                id, new Sku(product.ToUpperInvariant()), new ProductName(product), ProductDescription.None, new ProductCategory("fruit"), PlannedOrder.Price));
            await SendAsync<Product, ProductEvent, ProductCommand>(
                Product.StreamOf(id), $"sell {product}", ProductDecider.Decide, new ActivateProduct());
            await SendAsync<StockItem, StockItemEvent, StockItemCommand>(
                StockItem.StreamOf(id), $"stock {product}", StockItemDecider.Decide, new Replenish(id, new Quantity(pieces)));
        }

        Committed.Clear();
        Errands.AddRange(Requests.All());
    }

    /// <summary>The function app for one life of the process: its memory is its own, all else is shared.</summary>
    public ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Configuration);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(EventSamples.Registry);
        services.AddSingleton(EventSamples.Serializer);
        services.AddSingleton<IEventStore>(new OutsideEventStore(Events, _outside, Publish));
        services.AddSingleton(Events);
        services.AddSingleton<IEventLookup>(Events);
        services.AddSingleton(Views);
        services.AddSingleton<IInbox>(_inbox);
        services.AddSingleton<ServiceBusClient>(_ => new OutsideBus(_outside, _deadlines));
        var payments = new OutsidePayments(
            Payments, _outside, reference => Plan.Orders.Single(order => order.Id.ToString() == reference).IsDeclined);
        services.AddSingleton<IPaymentProvider>(payments);
        services.AddSingleton<IPaymentReversal>(payments);
        services.AddSingleton<ICarrier>(new OutsideCarrier(Carrier, _outside));
        services.AddScoped<RequestMetadata>();
        services.AddSingleton<IValidator<CancelOrderRequest>, CancelOrderValidator>();
        services.AddInMemoryStores();
        AddRepository<Order, OrderEvent>(services);
        AddRepository<StockItem, StockItemEvent>(services);
        AddRepository<Payment, PaymentEvent>(services);
        AddRepository<Shipment, ShipmentEvent>(services);
        AddRepository<Product, ProductEvent>(services);
        AddRepository<Customer, CustomerEvent>(services);
        services.AddStores(Configuration).AddPublishing(Configuration).AddOrdering().AddChoreography().AddReporting().AddCatalog().AddCustomers()
            .AddProjectionHealth().AddProjections();
        return services.BuildServiceProvider();
    }

    /// <summary>The messages about an order that are left to an operator.</summary>
    public IReadOnlyList<Errand> DeadLettersOf(OrderId order) =>
        [.. Errands.Where(errand => errand.IsDeadLettered && errand.Name.Contains(order.ToString(), StringComparison.Ordinal))];

    /// <summary>The state of a stream as the store has it.</summary>
    public async Task<TState> LoadAsync<TState, TEvent>(StreamName stream)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent => (await Repository<TState, TEvent>(Events).LoadAsync(stream)).State;

    private void Publish(EventEnvelope envelope)
    {
        Committed.Add(envelope);
        foreach (var function in Messages.FunctionsFor(envelope))
        {
            // A copy comes before, after or beside the message itself.
            for (var copies = _random.Next(5) == 0 ? 2 : 1; copies > 0; copies--)
            {
                Errands.Add(new Errand(
                    $"{envelope.Type} of {envelope.Stream} to {function}",
                    (process, delivery) => Messages.DeliverAsync(process, envelope, function, delivery))
                {
                    MaxDeliveries = Messages.CanBeDeadLettered(function) ? StepPatience.MaxDeliveries : int.MaxValue,
                });
            }
        }
    }

    private async Task SendAsync<TState, TEvent, TCommand>(
        StreamName stream, string name, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide, TCommand command)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
    {
        var context = new CommandContext(new EventMetadata(NameBasedGuid.Create(Guid.Empty, name), "opening"));
        Assert.IsType<CommandResult<TState>.Committed>(
            await Repository<TState, TEvent>(Events).ExecuteAsync(stream, context, state => decide(state, command, Clock.GetUtcNow())));
    }

    private void AddRepository<TState, TEvent>(IServiceCollection services)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent =>
        services.AddSingleton<IAggregateRepository<TState, TEvent>>(p => Repository<TState, TEvent>(p.GetRequiredService<IEventStore>()));

    private AggregateRepository<TState, TEvent> Repository<TState, TEvent>(IEventStore store)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent => new(store, EventSamples.Registry, new AggregateRepositoryOptions(), Clock, _random);
}
