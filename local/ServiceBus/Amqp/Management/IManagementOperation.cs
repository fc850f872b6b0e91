namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>One of the operations on the management node of an entity.</summary>
internal interface IManagementOperation
{
    /// <summary>Does it.</summary>
    /// <exception cref="AmqpRefusalException">It can't be done.</exception>
    ValueTask<ManagementResponse> RunAsync(ManagementRequest request, ManagementContext context, CancellationToken cancellationToken);
}

/// <summary>What an operation works on.</summary>
/// <param name="Broker">The namespace.</param>
/// <param name="Entity">The entity whose node it is.</param>
/// <param name="Holds">The sessions held by receivers of the same connection.</param>
internal sealed record ManagementContext(ServiceBusBroker Broker, ManagedEntity Entity, HeldSessions Holds)
{
    /// <summary>The hold on the session a request names.</summary>
    /// <exception cref="AmqpRefusalException">No receiver of this connection holds it.</exception>
    public SessionHold Hold(ManagementRequest request) =>
        OptionalHold(request) ?? throw LockErrors.SessionLockLost(Entity.Path);

    /// <summary>The hold on the session a request names; none if it names none, or one that is not held.</summary>
    public SessionHold? OptionalHold(ManagementRequest request) => request.OptionalText("session-id") is { } sessionId
        ? Holds.Find(Entity.Receiving(request), sessionId)
        : null;
}
