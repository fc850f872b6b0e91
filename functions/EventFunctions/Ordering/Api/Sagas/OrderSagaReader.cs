using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Ordering.Saga.Resuming;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary>Finds sagas of orders for operators.</summary>
/// <param name="orders">Tells how far an order has come.</param>
public sealed class OrderSagaReader(IAggregateRepository<Order, OrderEvent> orders)
{
    /// <summary>The code of an order that has no saga.</summary>
    public const string NotFoundCode = "saga-not-found";

    /// <summary>An order's saga with its resumptions.</summary>
    /// <exception cref="ProblemException">404: the order has no saga, or it was purged.</exception>
    public static async Task<OrderSagaHistory> FindAsync(DurableTaskClient client, OrderId orderId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return await OrderSagaHistory.FindAsync(client, orderId, cancellationToken)
            ?? throw new ProblemException(Problem.NotFound(NotFoundCode, $"Order '{orderId}' has no saga, or it was purged."));
    }

    /// <summary>The report of a saga.</summary>
    public async Task<OrderSagaReport> ReportAsync(OrderSagaHistory history, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(history);
        var trace = history.Trace();
        var order = await orders.LoadAsync(Order.StreamOf(trace.ToOrderId(), trace.Tenant), cancellationToken);
        return OrderSagaReport.Of(history, order.State.Status);
    }
}
