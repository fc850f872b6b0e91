namespace EventFunctions.Integration.Contracts;

/// <summary>A customer has ordered.</summary>
/// <param name="OrderId">The order: 32 hexadecimal digits.</param>
/// <param name="CustomerId">Whose order it is: a pseudonym.</param>
/// <param name="Lines">What is ordered; every product once.</param>
/// <param name="Total">The sum of the lines.</param>
[Contract("shop.order.placed")]
public sealed record ShopOrderPlaced(string OrderId, string CustomerId, IReadOnlyList<ContractOrderLine> Lines, ContractMoney Total)
    : IntegrationEvent;

/// <summary>The order will be carried out: the stock is reserved and the payment authorised.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
[Contract("shop.order.confirmed")]
public sealed record ShopOrderConfirmed(string OrderId, string CustomerId) : IntegrationEvent;

/// <summary>The order is paid.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Amount">What was paid: the order's total.</param>
[Contract("shop.order.paid")]
public sealed record ShopOrderPaid(string OrderId, string CustomerId, ContractMoney Amount) : IntegrationEvent;

/// <summary>
/// The carrier has taken the order on. The tracking number is not told: with it, carriers show where the addressee lives.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
[Contract("shop.order.shipped")]
public sealed record ShopOrderShipped(string OrderId, string CustomerId) : IntegrationEvent;

/// <summary>The parcel has arrived.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="DeliveredAt">When, as the carrier says; UTC.</param>
[Contract("shop.order.delivered")]
public sealed record ShopOrderDelivered(string OrderId, string CustomerId, DateTimeOffset DeliveredAt) : IntegrationEvent;

/// <summary>The order will not be carried out. What the customer or an employee wrote about it is not told.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it was.</param>
/// <param name="ReasonCode">Stable, for programs, e.g. <c>out-of-stock</c>.</param>
[Contract("shop.order.cancelled")]
public sealed record ShopOrderCancelled(string OrderId, string CustomerId, string ReasonCode) : IntegrationEvent;

/// <summary>So many pieces of one product at one price.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many pieces, 1 or more.</param>
/// <param name="UnitPrice">The price of one piece.</param>
public sealed record ContractOrderLine(string ProductId, int Quantity, ContractMoney UnitPrice);

/// <summary>An amount of one currency.</summary>
/// <param name="Amount">In units of the currency, 0 or more.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record ContractMoney(decimal Amount, string Currency);
