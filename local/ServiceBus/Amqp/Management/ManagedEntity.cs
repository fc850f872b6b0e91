namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The entity that requests are about: what can be sent to, received from, or both.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Target">Where messages are sent to; none for a subscription or sub-queue.</param>
/// <param name="Queue">Where messages are received from; none for a topic.</param>
internal sealed record ManagedEntity(string Path, ISendTarget? Target, MessageQueue? Queue)
{
    /// <summary>Finds it; none if there is none.</summary>
    public static ManagedEntity? Find(ServiceBusBroker broker, string path)
    {
        var (target, queue) = (broker.FindTarget(path), broker.FindQueue(path));
        return target is null && queue is null ? null : new ManagedEntity(path, target, queue);
    }

    /// <summary>The queue, for an operation that needs one.</summary>
    /// <exception cref="AmqpRefusalException">It is a topic.</exception>
    public MessageQueue Receiving(ManagementRequest request) => Queue ?? throw new AmqpRefusalException(
        ErrorCondition.NotAllowed, $"{request.Operation} is about messages to be received, and '{Path}' is a topic. Use one of its subscriptions.");

    /// <summary>The topic and the subscription, for an operation that needs them.</summary>
    /// <exception cref="AmqpRefusalException">It is no subscription.</exception>
    public (string Topic, string Subscription) Subscription(ManagementRequest request)
    {
        var split = Path.LastIndexOf("/subscriptions/", StringComparison.OrdinalIgnoreCase);
        return split > 0
            ? (Path[..split], Path[(split + "/subscriptions/".Length)..])
            : throw new AmqpRefusalException(ErrorCondition.NotAllowed, $"{request.Operation} is about the rules of a subscription, and '{Path}' is none.");
    }

    /// <summary>The queue or topic, for an operation that needs one.</summary>
    /// <exception cref="AmqpRefusalException">Nothing can be sent to it.</exception>
    public ISendTarget Sending(ManagementRequest request) => Target ?? throw new AmqpRefusalException(
        ErrorCondition.NotAllowed, $"{request.Operation} is about messages to be sent, and nothing can be sent to '{Path}'.");
}
