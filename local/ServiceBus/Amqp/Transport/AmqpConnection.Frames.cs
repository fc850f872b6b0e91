namespace EventFunctions.Local.ServiceBus.Amqp;

internal sealed partial class AmqpConnection
{
    /// <summary>Handles one frame. The gate is held.</summary>
    private void Handle(Frame frame)
    {
        if (frame.Type != FrameType.Amqp)
        {
            throw AmqpFormatException.Framing("A frame of SASL comes after the negotiation.");
        }

        if (frame.Body.IsEmpty)
        {
            return; // the peer says that it is there
        }

        var body = Contiguous(frame.Body);
        var reader = new AmqpReader(body);
        var performative = Performative.Read(ref reader);
        if ((_remote is null) != (performative is Performative.Open))
        {
            throw new AmqpFormatException(ErrorCondition.IllegalState, "A connection is opened once, before anything else.");
        }

        switch (performative)
        {
            case Performative.Open open: Open(open); break;
            case Performative.Begin begin: Begin(frame.Channel, begin); break;
            case Performative.End: End(frame.Channel); break;
            case Performative.Close: Close(); break;
            default: Session(frame.Channel).Handle(performative, body[reader.Position..]); break;
        }
    }

    private void Open(Performative.Open open)
    {
        if (open.MaxFrameSize < 512)
        {
            throw AmqpFormatException.Framing("A peer takes frames of at least 512 bytes.");
        }

        _remote = open;
        Outbox.Frame(0, new Performative.Open(
            Endpoint.ContainerId,
            Hostname: null,
            Endpoint.Options.MaxFrameSize,
            (ushort)(Endpoint.Options.MaxSessions - 1),
            (uint)Endpoint.Options.IdleTimeout.TotalMilliseconds,
            new AmqpMap { { new AmqpSymbol("product"), "EventFunctions" } }));
    }

    private void Begin(ushort channel, Performative.Begin begin)
    {
        if (begin.RemoteChannel is not null || _sessions.ContainsKey(channel) || channel >= Endpoint.Options.MaxSessions)
        {
            throw new AmqpFormatException(ErrorCondition.NotAllowed, $"No session can begin on channel {channel}: it is taken, or there is none.");
        }

        // The peer begins every session, so a session has the same number on both sides.
        var session = new AmqpSession(this, channel, begin);
        _sessions.Add(channel, session);
        Outbox.Frame(channel, session.Beginning());
    }

    private void End(ushort channel)
    {
        var session = Session(channel);
        _sessions.Remove(channel);
        session.Drop();
        if (!session.IsEnding)
        {
            Outbox.Frame(channel, new Performative.End(null));
        }
    }

    private void Close()
    {
        _isClosing = true;
        Outbox.Frame(0, new Performative.Close(null));
        Outbox.Complete();
    }

    private AmqpSession Session(ushort channel) => _sessions.TryGetValue(channel, out var session)
        ? session
        : throw new AmqpFormatException(ErrorCondition.NotAllowed, $"There is no session on channel {channel}.");
}
