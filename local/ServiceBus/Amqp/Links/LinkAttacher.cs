namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Gives every attach the link it asks for, or the reason why there is none.</summary>
internal static class LinkAttacher
{
    private const string SessionFilter = "com.microsoft:session-filter";
    private const string NonExclusiveSessionFilter = "com.microsoft:non-exclusive-session-filter";

    /// <summary>Makes the link; none if it is refused, of which the peer is told.</summary>
    public static AmqpLink? Attach(AmqpSession session, Performative.Attach attach)
    {
        try
        {
            return Make(session, attach);
        }
        catch (AmqpRefusalException refusal)
        {
            Refuse(session, attach, refusal.Error);
            return null;
        }
    }

    /// <summary>Tells the peer that there is no such link.</summary>
    public static void Refuse(AmqpSession session, Performative.Attach attach, AmqpError error)
    {
        var link = new RefusedLink(session, attach);
        session.Add(link);
        link.Detach(error);
    }

    /// <summary>The answer to an attach that can't be had: one end of the link is missing (AMQP 1.0, part 2, 2.6.3).</summary>
    public static Performative.Attach Refusal(Performative.Attach attach) => new(attach.Name, attach.Handle, !attach.IsReceiver)
    {
        SenderSettleMode = attach.SenderSettleMode,
        ReceiverSettleMode = attach.ReceiverSettleMode,
        Source = attach.IsReceiver ? null : attach.Source,
        Target = attach.IsReceiver ? attach.Target : null,
        InitialDeliveryCount = attach.IsReceiver ? 0 : null,
    };

    private static AmqpLink Make(AmqpSession session, Performative.Attach attach)
    {
        if (attach.Target is { IsCoordinator: true })
        {
            throw new AmqpRefusalException(Transactions.Error.Condition, Transactions.Error.Description!);
        }

        var address = NodeAddress.Parse((attach.IsReceiver ? attach.Source?.Address : attach.Target?.Address)
            ?? throw new AmqpRefusalException(ErrorCondition.InvalidField, $"The link '{attach.Name}' has no address of an entity."));
        if (address.Kind == NodeKind.Claims)
        {
            return attach.IsReceiver
                ? new OutgoingLink(session, attach, new ReplySource())
                : new IncomingLink(session, attach, new ClaimsSink(session.Connection));
        }

        if (!session.Connection.Grants.Cover(address.Audience))
        {
            throw new AmqpRefusalException(
                ErrorCondition.UnauthorizedAccess,
                $"Unauthorized access. A token for '{address.EntityPath}' with the claims Listen or Send is required; none was put to $cbs, or it has expired.");
        }

        return address.Kind == NodeKind.Management ? Management(session, attach, address)
            : attach.IsReceiver ? new OutgoingLink(session, attach, Queue(session, attach, address))
            : new IncomingLink(session, attach, new EntitySink(Target(session, address)));
    }

    private static AmqpLink Management(AmqpSession session, Performative.Attach attach, NodeAddress address)
    {
        var entity = ManagedEntity.Find(session.Connection.Endpoint.Broker, address.EntityPath) ?? throw EntityErrors.NotFound(address.EntityPath);
        return attach.IsReceiver
            ? new OutgoingLink(session, attach, new ReplySource())
            : new IncomingLink(session, attach, new ManagementSink(session.Connection, entity));
    }

    private static QueueSource Queue(AmqpSession session, Performative.Attach attach, NodeAddress address)
    {
        var broker = session.Connection.Endpoint.Broker;
        var queue = broker.FindQueue(address.EntityPath) ?? throw (broker.FindTarget(address.EntityPath) is null
            ? EntityErrors.NotFound(address.EntityPath)
            : new AmqpRefusalException(ErrorCondition.NotAllowed, $"'{address.EntityPath}' is a topic. Receive from one of its subscriptions."));
        var filter = attach.Source?.Filter;
        if (filter?.Has(NonExclusiveSessionFilter) == true)
        {
            throw new AmqpRefusalException(
                ErrorCondition.NotAllowed, $"The link '{attach.Name}' contains invalid filter type: sessions are locked by one receiver here.");
        }

        var wantsSession = filter?.Has(SessionFilter) == true;
        if (wantsSession != queue.Settings.RequiresSession)
        {
            throw new AmqpRefusalException(ErrorCondition.NotAllowed, wantsSession
                ? $"'{queue.Path}' does not require sessions, so no session of it can be accepted."
                : $"It is not possible for an entity that requires sessions to create a non-sessionful message receiver: '{queue.Path}'.");
        }

        var request = wantsSession ? new SessionRequest(AcceptedSession(filter![SessionFilter]), TimeoutOf(attach)) : null;
        return new QueueSource(session.Connection, queue, request, attach.SenderSettleMode == Performative.Attach.Settled);
    }

    private static string? AcceptedSession(object? filter) => filter switch
    {
        AmqpDescribed described => described.Value as string,
        _ => filter as string,
    };

    /// <summary>How long the peer waits for a session; the service's minute unless it says so.</summary>
    private static TimeSpan TimeoutOf(Performative.Attach attach) => attach.Properties?[ErrorCondition.Timeout] switch
    {
        uint milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        int milliseconds and >= 0 => TimeSpan.FromMilliseconds(milliseconds),
        long milliseconds and >= 0 => TimeSpan.FromMilliseconds(milliseconds),
        ulong milliseconds and <= uint.MaxValue => TimeSpan.FromMilliseconds(milliseconds),
        _ => TimeSpan.FromMinutes(1),
    };

    private static ISendTarget Target(AmqpSession session, NodeAddress address)
    {
        var broker = session.Connection.Endpoint.Broker;
        return broker.FindTarget(address.EntityPath) ?? throw (broker.FindQueue(address.EntityPath) is null
            ? EntityErrors.NotFound(address.EntityPath)
            : new AmqpRefusalException(ErrorCondition.NotAllowed, $"Nothing can be sent to '{address.EntityPath}': it is a subscription or a sub-queue."));
    }

    /// <summary>A link that was never there, until the peer has detached it, too.</summary>
    private sealed class RefusedLink(AmqpSession session, Performative.Attach attach) : AmqpLink(session, attach)
    {
        public override void Begin()
        {
        }

        public override void OnFlow(Performative.Flow flow)
        {
        }

        public override void OnTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload)
        {
        }
    }
}
