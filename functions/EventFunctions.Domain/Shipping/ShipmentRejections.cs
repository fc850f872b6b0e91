namespace EventFunctions.Domain.Shipping;

/// <summary>The stable codes of the rules that a shipment refuses a command by.</summary>
public static class ShipmentRejections
{
    /// <summary>There is no such shipment.</summary>
    public const string NotFound = "shipment-not-found";

    /// <summary>The shipment exists with other content.</summary>
    public const string AlreadyCreated = "shipment-already-created";

    /// <summary>The shipment is cancelled and stays so.</summary>
    public const string Cancelled = "shipment-cancelled";

    /// <summary>The shipment has arrived: too late to cancel.</summary>
    public const string Delivered = "shipment-delivered";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } = [NotFound, AlreadyCreated, Cancelled, Delivered];
}
