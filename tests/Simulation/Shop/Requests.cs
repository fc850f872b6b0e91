using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Saga.Resuming;
using EventFunctions.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Simulation;

/// <summary>What people want of the shop: customers, reviewers, the carrier, the shop itself, and at last an operator.</summary>
internal sealed class Requests(SimulatedShop shop)
{
    private const int WithdrawnAt = 120;

    /// <summary>How many cancellations were accepted.</summary>
    public int Cancellations { get; private set; }

    /// <summary>All that is planned.</summary>
    public IEnumerable<Errand> All()
    {
        foreach (var order in shop.Plan.Orders)
        {
            yield return new Errand($"place {order.Id}", process => PlaceAsync(process, order));
            if (order.CancelAt is { } cancelAt)
            {
                yield return new Errand($"cancel {order.Id}", process => CancelAsync(process, order.Id))
                {
                    NotBefore = cancelAt,
                    IsPossible = () => Has<OrderPlaced>(placed => placed.OrderId == order.Id),
                };
            }

            if (order.Review is PlannedReview.Approved or PlannedReview.Rejected)
            {
                yield return new Errand($"review {order.Id}: {order.Review}", process => ReviewAsync(process, order.Id, order.Review == PlannedReview.Approved))
                {
                    IsPossible = () => Has<OrderPlaced>(placed => placed.OrderId == order.Id),
                };
            }

            if (order.ArrivesAt is { } arrivesAt)
            {
                // The parcel leaves the house once the order says that it may.
                yield return new Errand($"deliver {order.Id}", process => DeliverAsync(process, order))
                {
                    NotBefore = arrivesAt,
                    IsPossible = () => Has<OrderShipped>(shipped => shipped.OrderId == order.Id),
                };
            }
        }

        if (shop.Plan.Withdrawn is { } product)
        {
            yield return new Errand($"take {product} off sale", process => WithdrawAsync(process, new ProductId(product))) { NotBefore = WithdrawnAt };
        }
    }

    /// <summary>An operator has the saga of an order resumed.</summary>
    public static Errand Resume(OrderId order) => new($"resume {order}", async process =>
    {
        var history = await OrderSagaHistory.FindAsync(process.Client, order, CancellationToken.None);
        var number = await process.Services.GetRequiredService<OrderSagaResumer>().ResumeAsync(process.Client, history!, CancellationToken.None);
        Assert.Equal(1, number);
    });

    private bool Has<TEvent>(Func<TEvent, bool> which) => shop.Committed.Any(envelope => envelope.Data is TEvent data && which(data));

    private Task PlaceAsync(SimulatedProcess process, PlannedOrder order) => ExecuteAsync<Order, OrderEvent>(
        process,
        Order.StreamOf(order.Id),
        $"place {order.Id}",
        order.Flow,
        state => OrderDecider.Decide(
            state,
            new PlaceOrder(
                order.Id,
                order.Customer,
                order.Lines,
                new Address("A. Buyer", "Street 1", null, "12345", "Town", "DE"),
                new PaymentToken("tok_ok"),
                Flow: order.Flow == OrderFlow.Choreography ? order.Flow : null,
                NeedsReview: order.Review is not null),
            shop.Clock.GetUtcNow()));

    private async Task CancelAsync(SimulatedProcess process, OrderId order)
    {
        await using var scope = process.Services.CreateAsyncScope();
        var endpoint = ActivatorUtilities.CreateInstance<CancelOrderEndpoint>(scope.ServiceProvider);
        var call = await new HttpCall("""{"reason":"I changed my mind."}""")
            .AnswerAsync(request => endpoint.RunAsync(request, process.Client, order.ToString(), CancellationToken.None));
        switch (call.Response.StatusCode)
        {
            case StatusCodes.Status202Accepted:
                Cancellations++;
                break;
            case StatusCodes.Status422UnprocessableEntity:
                // Too late.
                break;
            default:
                throw new InvalidOperationException($"The cancellation of {order} was answered with {call.Response.StatusCode}.");
        }
    }

    private Task ReviewAsync(SimulatedProcess process, OrderId order, bool approves) => ExecuteAsync<Order, OrderEvent>(
        process,
        Order.StreamOf(order),
        $"review {order}",
        flow: null,
        state => approves
            ? OrderDecider.Decide(state, new ApproveOrder("reviewer"), shop.Clock.GetUtcNow())
            : OrderReview.Reject(state, "Not to be trusted.", shop.Clock.GetUtcNow()));

    private Task DeliverAsync(SimulatedProcess process, PlannedOrder order) => ExecuteAsync<Shipment, ShipmentEvent>(
        process,
        Shipment.StreamOf(order.Id),
        $"deliver {order.Id}",
        order.Flow,
        state => ShipmentDecider.Decide(state, new DeliverShipment(shop.Clock.GetUtcNow()), shop.Clock.GetUtcNow()));

    private Task WithdrawAsync(SimulatedProcess process, ProductId product) => ExecuteAsync<Product, ProductEvent>(
        process,
        Product.StreamOf(product),
        $"withdraw {product}",
        flow: null,
        state => ProductDecider.Decide(state, new DeactivateProduct(), shop.Clock.GetUtcNow()));

    /// <summary>
    /// A command under an id of its own, however often it is asked; a refusal is an answer. Whose order it is, a reviewer does not know.
    /// </summary>
    private static async Task ExecuteAsync<TState, TEvent>(
        SimulatedProcess process, StreamName stream, string name, OrderFlow? flow, Func<TState, Decision<TEvent>> decide)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
    {
        var repository = process.Services.GetRequiredService<IAggregateRepository<TState, TEvent>>();
        var command = new CommandContext(new EventMetadata(
            NameBasedGuid.Create(Guid.Empty, name), "corr-1", Process: flow is null ? null : OrderProcess.Of(flow)));
        if (await repository.ExecuteAsync(stream, command, decide) is CommandResult<TState>.Contended)
        {
            throw new InvalidOperationException($"'{name}' lost every race.");
        }
    }
}
