namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Transactions (AMQP 1.0, part 4), which are not supported.</summary>
internal static class Transactions
{
    public static AmqpError Error { get; } = new(
        ErrorCondition.NotImplemented, "Transactions are not supported by this endpoint. Send and settle without a transaction scope.");

    public static DeliveryState Refused { get; } = new DeliveryState.Rejected(Error);
}
