using EventFunctions.Integration.Contracts;

namespace EventFunctions.Tests.Integration;

/// <summary>An example of every contract.</summary>
internal static class ContractSamples
{
    private const string Order = "6f1f64a158a54f439a0f0123456789ab";
    private const string Customer = "customer-1";
    private static readonly ContractMoney Price = new(12.50m, "EUR");

    public static IReadOnlyList<IntegrationEvent> All { get; } =
    [
        new ShopOrderPlaced(Order, Customer, [new ContractOrderLine("mug-blue", 2, Price)], new ContractMoney(25.00m, "EUR")),
        new ShopOrderConfirmed(Order, Customer),
        new ShopOrderPaid(Order, Customer, Price),
        new ShopOrderShipped(Order, Customer),
        new ShopOrderDelivered(Order, Customer, new DateTimeOffset(2026, 3, 6, 9, 15, 0, TimeSpan.Zero)),
        new ShopOrderCancelled(Order, Customer, "out-of-stock"),
        new ShopPaymentRefunded(Order, Price),
        new ShopShipmentDispatched(Order),
        new ShopStockReplenished("mug-blue", 40),
        new ShopStockLow("mug-blue", 3),
        new ShopProductDescribed("mug-blue", "Blue mug", "kitchen", Price),
        new ShopProductOffered("mug-blue"),
        new ShopProductWithdrawn("mug-blue"),
        new ShopCustomerRegistered(Customer),
        new ShopCustomerActivated(Customer),
        new ShopCustomerTierChanged(Customer, "gold"),
        new ShopCustomerPreferencesUpdated(Customer, true),
        new ShopCustomerDeactivated(Customer),
        new ShopCustomerErased(Customer),
    ];
}
