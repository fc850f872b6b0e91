using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Tests.Simulation;

/// <summary>How the orders of a shop ended: as their sagas say, and where handlers led them as the orders and their dead letters do.</summary>
/// <param name="shop">Has the orders.</param>
/// <param name="instances">The orchestrations, by their ids.</param>
internal sealed class OrderEnds(SimulatedShop shop, IReadOnlyDictionary<string, InstanceState> instances)
{
    /// <summary>The end of an order.</summary>
    /// <exception cref="SimulationFailedException">Nobody goes on with it, and it has not ended.</exception>
    public OrderSagaResult Of(PlannedOrder order) => order.Flow == OrderFlow.Choreography ? OfHandlers(order.Id) : OfSaga(order.Id);

    private OrderSagaResult OfSaga(OrderId order)
    {
        var newest = instances.GetValueOrDefault(ResumeOrderSaga.InstanceIdOf(order.ToString(), 1)) ?? instances[order.ToString()];
        return JsonDataConverter.Default.Deserialize<OrderSagaResult>(newest.End!.Output)!;
    }

    private OrderSagaResult OfHandlers(OrderId id)
    {
        var order = shop.LoadAsync<Order, OrderEvent>(Order.StreamOf(id)).GetAwaiter().GetResult();
        var left = shop.DeadLettersOf(id).Select(letter => new FailedUndo(letter.Name, "dead-lettered")).ToList();
        var state = (order.Status, left.Count) switch
        {
            (OrderStatus.Cancelled, 0) => OrderSagaState.Compensated,
            (OrderStatus.Cancelled, _) => OrderSagaState.CompensationFailed,
            (OrderStatus.Delivered, 0) => OrderSagaState.Completed,
            (OrderStatus.Shipped, 0) => OrderSagaState.DeliveryOverdue,
            (OrderStatus.Delivered or OrderStatus.Shipped, _) => OrderSagaState.CompletionFailed,
            (var other, _) => throw new SimulationFailedException($"{id} is {other}, and nobody goes on with it"),
        };
        return new OrderSagaResult(state, NotUndone: left.Count == 0 ? null : left);
    }
}
