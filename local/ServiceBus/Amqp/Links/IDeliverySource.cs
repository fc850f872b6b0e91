namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Where the messages of a link come from.</summary>
internal interface IDeliverySource
{
    /// <summary>What the peer's attach is answered with; what takes time, such as the lock of a session, is taken here.</summary>
    /// <exception cref="AmqpRefusalException">The link can't be had.</exception>
    /// <exception cref="OperationCanceledException">The peer has given up.</exception>
    ValueTask<Performative.Attach> OpenAsync(Performative.Attach answer, CancellationToken closed);

    /// <summary>Sends messages as long as the link is there.</summary>
    Task RunAsync(OutgoingLink link, CancellationToken closed);

    /// <summary>Settles a delivery.</summary>
    /// <returns>What the peer is told.</returns>
    ValueTask<DeliveryState> SettleAsync(Guid lockToken, DeliveryState? outcome, CancellationToken cancellationToken);

    /// <summary>Lets go of what it holds; the link is over.</summary>
    ValueTask CloseAsync();
}
