using Azure.Messaging.ServiceBus;
using EventFunctions.Composition;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Steps;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-shipped</c>: takes the goods off the stock and begins to wait for the parcel's arrival.</summary>
/// <remarks>There is no way back, so what fails is not cancelled: it is tried again, and ends as a dead letter that an operator sends again.</remarks>
/// <param name="subscription">Reads and settles.</param>
/// <param name="orders">Has the order.</param>
/// <param name="commit">Has the goods.</param>
/// <param name="delivery">Closes the order of a parcel that has arrived already.</param>
/// <param name="deadlines">Ends the wait.</param>
/// <param name="options">Has how long to wait.</param>
public sealed class FinishShippedOrder(
    EventSubscription subscription,
    OrderCommandStep orders,
    CommitStockActivity commit,
    OrderDelivery delivery,
    OrderDeadlines deadlines,
    IOptions<OrderingOptions> options)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(FinishShippedOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(FinishShippedOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, FinishAsync, cancellationToken);

    private async Task FinishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var trace = OrderReaction.TraceOf(envelope);
        var order = await orders.LoadAsync(trace, cancellationToken);
        if (order.Status == OrderStatus.Shipped)
        {
            await deadlines.ScheduleAsync(
                trace, OrderDeadlineKind.DeliveryOverdue, envelope.Time + options.Value.DeliveryTimeout, cancellationToken: cancellationToken);
        }

        // The parcel is on its way whatever the stock says.
        await delivery.CloseIfArrivedAsync(trace, cancellationToken);
        await Task.WhenAll(order.Lines!.Select(line => CommitAsync(trace, line, cancellationToken)));
    }

    private async Task CommitAsync(SagaTrace trace, OrderLine line, CancellationToken cancellationToken)
    {
        var product = line.ProductId.Value;
        var step = new StockStep(trace, OrderSteps.ForProduct(OrderSteps.CommitStock, product), product, line.Quantity.Value);
        var outcome = await commit.RunAsync(step, cancellationToken);
        if (!outcome.IsDone)
        {
            throw new InvalidOperationException(
                $"Order {trace.OrderId} is shipped, but the stock of {product} refuses to let it go: {outcome.Reason} ({outcome.Code}) "
                + "Correct the stock and resubmit this dead letter.");
        }
    }
}
