namespace EventFunctions.Local.Host.Demo.Shop;

/// <summary>An amount of money as the API writes it.</summary>
/// <param name="Amount">In the currency's main unit.</param>
/// <param name="Currency">ISO 4217 code.</param>
internal sealed record Price(decimal Amount, string Currency);

/// <summary>A line of an order to place.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">The price of one.</param>
internal sealed record OrderLine(string ProductId, int Quantity, decimal UnitPrice);

/// <summary>Where an order goes.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="PostalCode">The sandboxed carrier behaves by it.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record Recipient(string Name, string Line1, string PostalCode, string City, string Country)
{
    /// <summary>Somebody at a postal code.</summary>
    public static Recipient At(string postalCode) => new("Ada Example", "1 Sample Street", postalCode, "Sampleton", "DE");
}

/// <summary>An order to place.</summary>
/// <param name="CustomerId">Who orders.</param>
/// <param name="Currency">Of all prices.</param>
/// <param name="PaymentToken">The sandboxed payment provider behaves by it.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="Lines">What is ordered.</param>
internal sealed record OrderRequest(
    string CustomerId, string Currency, string PaymentToken, Recipient ShippingAddress, IReadOnlyList<OrderLine> Lines);

/// <summary>The answer to a placed order.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Status">Its status.</param>
/// <param name="Version">Its version.</param>
/// <param name="Total">What it costs.</param>
internal sealed record PlacedOrder(string OrderId, string Status, long Version, Price Total);

/// <summary>Why an order was cancelled.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Reason">For a person.</param>
internal sealed record Cancellation(string Code, string? Reason);

/// <summary>An order as its view shows it.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Total">What it costs.</param>
/// <param name="Version">The version shown.</param>
/// <param name="TrackingNumber">Once it is shipped.</param>
/// <param name="Cancellation">Once it is cancelled.</param>
internal sealed record OrderView(string OrderId, string Status, Price Total, long Version, string? TrackingNumber, Cancellation? Cancellation)
{
    /// <summary>Whether nothing more will happen to the order.</summary>
    public bool IsSettled => Status is "Delivered" or "Cancelled";
}

/// <summary>What happened around an order.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Events">In the order of their time.</param>
internal sealed record Timeline(string OrderId, IReadOnlyList<TimelineEvent> Events);

/// <summary>One thing that happened around an order.</summary>
/// <param name="Context">The bounded context.</param>
/// <param name="Type">What happened.</param>
/// <param name="Stream">In which stream.</param>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Time">When.</param>
/// <param name="CorrelationId">The business transaction.</param>
internal sealed record TimelineEvent(string Context, string Type, string Stream, long Version, DateTimeOffset Time, string CorrelationId);

/// <summary>A customer's orders, a page of them.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Begins the next page.</param>
internal sealed record CustomerOrders(IReadOnlyList<CustomerOrder> Items, string? Continuation);

/// <summary>An order in a customer's list.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Status">How far it is.</param>
internal sealed record CustomerOrder(string OrderId, string Status);

/// <summary>A product of the catalog.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="Status">Whether it is sold.</param>
internal sealed record Product(string ProductId, string Status);

/// <summary>A product's stock.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="OnHand">In the warehouse.</param>
/// <param name="Reserved">Of these, promised to orders.</param>
/// <param name="Available">Of these, not promised.</param>
internal sealed record Stock(string ProductId, int OnHand, int Reserved, int Available);
