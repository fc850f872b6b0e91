using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Tests.Saga;

/// <summary>A customer who cancels at any moment, twice for good measure: everything is given back, once, or the order is delivered.</summary>
public sealed class CustomerCancellationTests : IAsyncDisposable
{
    private readonly SagaWorld _world = new();

    /// <summary>Every step, before and after it took effect, and whether the order is past the point of no return then.</summary>
    public static TheoryData<string, bool, bool> Moments
    {
        get
        {
            var moments = new TheoryData<string, bool, bool>();
            string[] steps =
            [
                OrderSteps.PlanOrder, OrderSteps.ReadOrder, OrderSteps.ReserveStock, OrderSteps.AuthorizePayment, OrderSteps.ConfirmOrder,
                OrderSteps.CapturePayment, OrderSteps.MarkOrderPaid, OrderSteps.CreateShipment, OrderSteps.MarkOrderShipped, OrderSteps.CommitStock,
            ];
            foreach (var step in steps)
            {
                moments.Add(step, true, step is OrderSteps.MarkOrderShipped or OrderSteps.CommitStock);
                moments.Add(step, false, step is OrderSteps.MarkOrderShipped or OrderSteps.CommitStock);
            }

            return moments;
        }
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Whatever_was_done_is_undone_once_unless_the_order_is_shipped(string step, bool isBefore, bool isTooLate)
    {
        Func<string, string, Task> cancel = (activity, instance) => activity == step ? CancelTwiceAsync(instance) : Task.CompletedTask;
        _world.Dispatcher.Before = isBefore ? cancel : (_, _) => Task.CompletedTask;
        _world.Dispatcher.After = isBefore ? (_, _) => Task.CompletedTask : cancel;
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        Assert.IsType<CommandResult<Order>.Committed>(
            await _world.SendAsync(order, o => OrderDecider.Decide(o, new ApproveOrder("eve"), DateTimeOffset.UnixEpoch)));
        await _world.StartSagaAsync(order, needsReview: true);

        var result = await _world.EndAsync(order);

        if (isTooLate)
        {
            Assert.Equal(OrderSagaState.Completed, result.State);
            await _world.AssertSoldAsync(order);
            Assert.Equal(0, await CountAsync(Order.StreamOf(order), "order-cancelled"));
            return;
        }

        Assert.Equal((OrderSagaState.Compensated, SagaFailure.CancelledByCustomer), (result.State, result.Code));
        await _world.AssertUndoneAsync(order);
        Assert.Equal(1, await CountAsync(Order.StreamOf(order), "order-cancelled"));
        await AssertEveryUndoOnceAsync(order);
    }

    private async Task AssertEveryUndoOnceAsync(OrderId order)
    {
        foreach (var stock in SagaWorld.Products.Select(p => StockItem.StreamOf(new ProductId(p))))
        {
            Assert.Equal(await CountAsync(stock, "stock-reserved"), await CountAsync(stock, "stock-released"));
            Assert.InRange(await CountAsync(stock, "stock-released"), 0, 1);
        }

        var payment = Payment.StreamOf(order);
        var authorized = await CountAsync(payment, "payment-authorized");
        Assert.Equal(authorized, await CountAsync(payment, "payment-voided") + await CountAsync(payment, "payment-refunded"));
        Assert.Equal(authorized, _world.Payments.Calls.Count(c => c is "void" or "refund"));
        Assert.Equal(await CountAsync(payment, "payment-captured"), await CountAsync(payment, "payment-refunded"));
        var shipment = Shipment.StreamOf(order);
        Assert.Equal(await CountAsync(shipment, "shipment-created"), await CountAsync(shipment, "shipment-cancelled"));
        Assert.Equal(_world.Carrier.Calls.Count(c => c == "create"), await CountAsync(shipment, "shipment-cancelled"));
    }

    private async Task<int> CountAsync(StreamName stream, string type) => (await _world.EventsAsync(stream)).Count(e => e.Type == type);

    private async Task CancelTwiceAsync(string instance)
    {
        var wish = new CancellationRequest("Changed my mind.");
        await _world.Client.RaiseEventAsync(instance, OrderSagaEvents.CancellationRequested, wish);
        await _world.Client.RaiseEventAsync(instance, OrderSagaEvents.CancellationRequested, wish);
    }
}
