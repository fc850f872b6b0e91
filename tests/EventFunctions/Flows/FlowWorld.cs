using System.Globalization;
using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Flows;

/// <summary>The whole app with one order in it, led by the one flow or the other. What a scenario does to it does not depend on the flow.</summary>
internal sealed class FlowWorld : IAsyncDisposable
{
    private readonly OrderFlow _flow;
    private readonly ManualTimeProvider? _time;
    private int _eventsBefore;

    /// <summary>Makes a world.</summary>
    /// <param name="flow">Who leads the order.</param>
    /// <param name="timeStands">Whether waits end only by <see cref="LetPassAsync"/>; steps are then not tried again.</param>
    public FlowWorld(OrderFlow flow, bool timeStands = false)
    {
        _flow = flow;
        _time = timeStands ? new ManualTimeProvider(ShopWorld.Clock.GetUtcNow()) : null;
        Shop = new ShopWorld(engineTime: _time);
        Run = new DeliveryRun(Shop, redelivers: true);
    }

    public ShopWorld Shop { get; }

    public DeliveryRun Run { get; }

    public FakePaymentProvider Payments => Shop.Saga.Payments;

    public FakeCarrier Carrier => Shop.Saga.Carrier;

    /// <summary>Which products are on stock.</summary>
    public IReadOnlyList<string> Stocked { get; set; } = SagaWorld.Products;

    /// <summary>Which products are on sale.</summary>
    public IReadOnlyList<string> Offered { get; set; } = SagaWorld.Products;

    /// <summary>What the customer's account was last asked; without it the customer is a guest.</summary>
    public CustomerCommand? Account { get; set; }

    /// <summary>The settings that are in force when the order is placed.</summary>
    public OrderingOptions Settings { get; set; } = new();

    /// <summary>The order, once placed.</summary>
    public OrderId Order { get; private set; } = null!;

    /// <summary>Every event since the shop was open, in the order in which they were published.</summary>
    public IReadOnlyList<EventEnvelope> Events => [.. Shop.Relayed.Skip(_eventsBefore)];

    /// <summary>Puts products on sale and on stock, and opens the customer's account if there is to be one.</summary>
    public async Task OpenAsync()
    {
        await Shop.StartAsync();
        foreach (var product in Offered)
        {
            await Shop.OfferAsync(product);
        }

        foreach (var product in Stocked)
        {
            await Shop.ReplenishAsync(product, SagaWorld.InitialStock, $"first-{product}");
        }

        if (Account is { } command)
        {
            await Shop.OpenAccountAsync(command);
        }

        await Run.UntilQuietAsync();
        _eventsBefore = Shop.Relayed.Count;
    }

    /// <summary>Opens the shop and places the order, of two of each product; nothing has happened to it yet.</summary>
    public async Task PlaceAsync()
    {
        await OpenAsync();
        Order = await Shop.PlaceAsync("order", Settings with { Flow = _flow }, SagaWorld.Products);
    }

    /// <summary>Fails the append of an event as often as a step is tried, so that the step that writes it is given up.</summary>
    public void GiveUp(string type)
    {
        var failures = new Dictionary<string, int>(StringComparer.Ordinal);
        Shop.Events.Before = append =>
        {
            if (append.Events.Any(e => e.Type == type))
            {
                lock (failures)
                {
                    var stream = append.Stream.Value;
                    failures[stream] = failures.GetValueOrDefault(stream) + 1;
                    if (failures[stream] <= SagaWorld.StepAttempts)
                    {
                        throw new StoreUnavailableException("The store is away.");
                    }
                }
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Sends a decision to the order, as somebody does who does not know who leads it, and lets it take its effect.</summary>
    public async Task DecideAsync(Func<Order, Decision<OrderEvent>> decide)
    {
        Assert.IsType<CommandResult<Order>.Committed>(await Shop.Saga.Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Domain.Ordering.Order.StreamOf(Order), new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1", Source: "http")), decide));
        await Run.UntilQuietAsync();
    }

    /// <summary>Lets the time pass that the order waits for, and what then happens take its effect.</summary>
    /// <param name="kind">Of the wait, one of <see cref="OrderDeadlineKind"/>.</param>
    public async Task LetPassAsync(string kind)
    {
        if (_flow == OrderFlow.Choreography)
        {
            await Run.LetPassAsync(kind);
            return;
        }

        var time = _time ?? throw new InvalidOperationException("The world needs a time that stands.");
        var waiting = kind == OrderDeadlineKind.ReviewTimeout ? OrderSagaState.AwaitingReview : OrderSagaState.AwaitingDelivery;
        Assert.Equal(waiting, await SagaStateAsync());
        await Eventually.HoldsAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromDays(1));
                return await SagaStateAsync() != waiting;
            },
            $"the saga is not {waiting} any more");
        await Run.UntilQuietAsync();
    }

    /// <summary>What is left when nothing moves any more.</summary>
    public async Task<FlowOutcome> OutcomeAsync()
    {
        var order = await Shop.Saga.OrderAsync(Order);
        var shipment = await Shop.Saga.Get<IAggregateRepository<Shipment, ShipmentEvent>>().LoadAsync(Domain.Shipping.Shipment.StreamOf(Order));
        var stock = new List<string>();
        foreach (var product in SagaWorld.Products)
        {
            var item = await Shop.Saga.StockAsync(product);
            stock.Add($"{product} {item.OnHand}/{item.Reserved}");
        }

        return new FlowOutcome(
            order.Status.ToString(),
            order.Cancellation?.Code,
            (await Shop.Saga.PaymentAsync(Order)).Status.ToString(),
            Payments.Held(Order.ToString()) switch
            {
                null => "nothing",
                { IsVoided: true } => "voided",
                var held => string.Create(CultureInfo.InvariantCulture, $"captured {held.Captured:0.00}, refunded {held.Refunded:0.00}"),
            },
            shipment.State.Status.ToString(),
            Carrier.ActiveShipments,
            string.Join(", ", stock),
            await UnfinishedAsync());
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    private async Task<string?> SagaStateAsync() =>
        (await Shop.Saga.Client.GetInstanceAsync(Order.ToString(), getInputsAndOutputs: true))?.ReadCustomStatusAs<OrderSagaStatus>()?.State;

    /// <summary>The saga shows what it could not undo in its result; handlers leave a dead letter.</summary>
    private async Task<int> UnfinishedAsync() => _flow == OrderFlow.Choreography
        ? Run.DeadLetters.Count
        : (await Shop.Saga.Client.GetInstanceAsync(Order.ToString(), getInputsAndOutputs: true))?.ReadOutputAs<OrderSagaResult>()?.NotUndone?.Count ?? 0;
}
