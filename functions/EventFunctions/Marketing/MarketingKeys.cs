using EventFunctions.EventSourcing;

namespace EventFunctions.Marketing;

/// <summary>Where marketing keeps what it knows: all of a customer in one partition, and each product by itself.</summary>
internal static class MarketingKeys
{
    public const string ProfileKind = "marketing-profile";
    public const string OrderKind = "marketing-order";
    public const string ProductKind = "marketing-product";

    public const string ProfileId = "profile";

    public static string PartitionOf(string customerId, string? tenant) => tenant is null ? $"marketing-{customerId}" : $"marketing-{tenant}.{customerId}";

    public static ViewKey ProfileOf(string customerId, string? tenant) => new(PartitionOf(customerId, tenant), ProfileId);

    public static string IdOf(string orderId) => $"order-{orderId}";

    public static ViewKey OrderOf(string customerId, string? tenant, string orderId) => new(PartitionOf(customerId, tenant), IdOf(orderId));

    public static ViewKey ProductOf(string productId, string? tenant) =>
        new(tenant is null ? $"marketing-product-{productId}" : $"marketing-product-{tenant}.{productId}", "product");
}
