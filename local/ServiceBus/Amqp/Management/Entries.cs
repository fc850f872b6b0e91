namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Messages inside answers.</summary>
internal static class Entries
{
    /// <summary>A message's entry: its bytes, and what it is settled by.</summary>
    public static AmqpMap Of(Delivery delivery, bool withLock)
    {
        var writer = new AmqpWriter(512 + delivery.Message.Body.Length);
        writer.WriteMessage(delivery);
        var entry = new AmqpMap { { "message", writer.Written } };
        if (withLock)
        {
            entry.Add("lock-token", delivery.LockToken);
        }

        return entry;
    }
}
