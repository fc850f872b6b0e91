using System.Diagnostics.CodeAnalysis;

namespace EventFunctions.Publishing;

/// <summary>The topics that events are published on, one for each bounded context.</summary>
public static class EventTopics
{
    /// <summary>Events of orders.</summary>
    public const string Ordering = "ordering-events";

    /// <summary>Events of payments.</summary>
    public const string Payments = "payment-events";

    /// <summary>Events of stock items.</summary>
    public const string Inventory = "inventory-events";

    /// <summary>Events of shipments.</summary>
    public const string Shipping = "shipping-events";

    /// <summary>Events of products.</summary>
    public const string Catalog = "catalog-events";

    /// <summary>Events of customers, and of what they were notified of.</summary>
    public const string Customers = "customer-events";

    /// <summary>Public, versioned events without personal data, translated from those of the contexts.</summary>
    public const string Integration = "integration-events";

    /// <summary>The topic of a category of streams.</summary>
    public static bool TryGet(string category, [NotNullWhen(true)] out string? topic)
    {
        topic = category switch
        {
            "ordering" => Ordering,
            "payments" => Payments,
            "inventory" => Inventory,
            "shipping" => Shipping,
            "catalog" => Catalog,
            "customers" or "notifications" => Customers,
            _ => null,
        };
        return topic is not null;
    }
}
