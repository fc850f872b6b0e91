namespace EventFunctions.Integration.Contracts;

/// <summary>Money was given back.</summary>
/// <param name="OrderId">The order that it was paid for.</param>
/// <param name="Amount">How much.</param>
[Contract("shop.payment.refunded")]
public sealed record ShopPaymentRefunded(string OrderId, ContractMoney Amount) : IntegrationEvent;

/// <summary>The parcel of an order is on its way.</summary>
/// <param name="OrderId">The order.</param>
[Contract("shop.shipment.dispatched")]
public sealed record ShopShipmentDispatched(string OrderId) : IntegrationEvent;

/// <summary>Pieces of a product came in.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many came in, 1 or more.</param>
[Contract("shop.stock.replenished")]
public sealed record ShopStockReplenished(string ProductId, int Quantity) : IntegrationEvent;

/// <summary>A product is about to run out. Once, until its stock has recovered.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Available">How many can still be sold.</param>
[Contract("shop.stock.low")]
public sealed record ShopStockLow(string ProductId, int Available) : IntegrationEvent;
