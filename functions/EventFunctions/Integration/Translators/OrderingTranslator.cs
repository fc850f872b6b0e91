using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Tells others of orders. That somebody had to look at an order is the shop's own business.</summary>
public sealed class OrderingTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => Order.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        OrderPlaced e => [new ShopOrderPlaced(e.OrderId.ToString(), e.CustomerId.Value, [.. e.Lines.Select(l => l.ToContract())], e.Total.ToContract())],
        OrderConfirmed e => [new ShopOrderConfirmed(e.OrderId.ToString(), e.CustomerId.Value)],
        OrderPaid e => [new ShopOrderPaid(e.OrderId.ToString(), e.CustomerId.Value, e.Amount.ToContract())],
        OrderShipped e => [new ShopOrderShipped(e.OrderId.ToString(), e.CustomerId.Value)],
        OrderDelivered e => [new ShopOrderDelivered(e.OrderId.ToString(), e.CustomerId.Value, e.DeliveredAt)],
        OrderCancelled e => [new ShopOrderCancelled(e.OrderId.ToString(), e.CustomerId.Value, e.ReasonCode)],
        _ => [],
    };
}
