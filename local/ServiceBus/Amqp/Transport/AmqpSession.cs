namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// A session (AMQP 1.0, part 2, 2.5): its windows, its links, and the deliveries that go out on it. The connection's gate guards it.
/// </summary>
internal sealed partial class AmqpSession(AmqpConnection connection, ushort channel, Performative.Begin begin)
{
    private readonly Dictionary<uint, AmqpLink> _links = [];
    private readonly uint _fullWindow = connection.Endpoint.Options.IncomingWindow;
    private uint _nextIncomingId = begin.NextOutgoingId;
    private uint _incomingWindow = connection.Endpoint.Options.IncomingWindow;
    private uint _nextOutgoingId;
    private uint _remoteIncomingWindow = begin.IncomingWindow;

    public AmqpConnection Connection => connection;

    public IReadOnlyCollection<AmqpLink> Links => _links.Values;

    /// <summary>Whether this end has ended it, and waits for the peer to do so.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Whether it is over: nothing more is sent on it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Tells when there may be room for transfers again.</summary>
    public Signal WindowMoved { get; } = new();

    /// <summary>Whether the peer takes another transfer.</summary>
    public bool HasWindow => _remoteIncomingWindow > 0;

    public Performative.Begin Beginning() => new(channel, _nextOutgoingId, _incomingWindow, uint.MaxValue, begin.HandleMax);

    /// <summary>Handles a performative of this session.</summary>
    /// <exception cref="AmqpFormatException">The peer does what the protocol does not allow.</exception>
    public void Handle(Performative performative, ReadOnlySpan<byte> payload)
    {
        if (IsEnding)
        {
            return; // sent before the peer knew
        }

        switch (performative)
        {
            case Performative.Attach attach: Attach(attach); break;
            case Performative.Flow flow: OnFlow(flow); break;
            case Performative.Transfer transfer: OnTransfer(transfer, payload); break;
            case Performative.Disposition disposition: OnDisposition(disposition); break;
            case Performative.Detach detach: OnDetach(detach); break;
            default: throw AmqpFormatException.Framing($"A {performative.Type.Name} belongs to no session.");
        }
    }

    /// <summary>Sends a frame of this session.</summary>
    public void Send(Performative performative, ReadOnlySpan<byte> payload = default) => connection.Outbox.Frame(channel, performative, payload);

    /// <summary>Sends a transfer; there has to be a window for it.</summary>
    public void SendTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload)
    {
        _nextOutgoingId++;
        _remoteIncomingWindow--;
        Send(transfer, payload);
    }

    /// <summary>Tells where the session stands, and a link if one is given.</summary>
    public void SendFlow(Performative.Flow? link = null)
    {
        _incomingWindow = _fullWindow;
        var flow = link ?? new Performative.Flow(null, 0, 0, 0);
        Send(flow with
        {
            NextIncomingId = _nextIncomingId,
            IncomingWindow = _incomingWindow,
            NextOutgoingId = _nextOutgoingId,
            OutgoingWindow = uint.MaxValue,
        });
    }

    /// <summary>The session is over: so are its links.</summary>
    public void Drop()
    {
        IsOver = true;
        foreach (var link in _links.Values)
        {
            link.Drop();
        }

        _links.Clear();
        _unsettled.Clear();
        WindowMoved.Pulse();
    }

    /// <summary>Takes in a link, until the peer has detached it.</summary>
    public void Add(AmqpLink link) => _links.Add(link.Handle, link);

    private void Attach(Performative.Attach attach)
    {
        if (_links.ContainsKey(attach.Handle))
        {
            End(new AmqpError(ErrorCondition.HandleInUse, $"Handle {attach.Handle} is in use."));
            return;
        }

        if (connection.Links.Count() >= connection.Endpoint.Options.MaxLinks)
        {
            LinkAttacher.Refuse(this, attach, new AmqpError(
                ErrorCondition.ResourceLimitExceeded, $"A connection has at most {connection.Endpoint.Options.MaxLinks} links."));
            return;
        }

        foreach (var stolen in connection.Links.Where(link => link.Name == attach.Name && link.PeerReceives == attach.IsReceiver).ToList())
        {
            stolen.Detach(new AmqpError(ErrorCondition.Stolen, $"The link '{attach.Name}' was attached again."));
        }

        if (LinkAttacher.Attach(this, attach) is { } link)
        {
            Add(link);
            link.Begin();
        }
    }

    private void OnFlow(Performative.Flow flow)
    {
        // What the peer will take, less what it has not yet counted (2.5.6).
        _remoteIncomingWindow = (flow.NextIncomingId ?? 0) + flow.IncomingWindow - _nextOutgoingId;
        WindowMoved.Pulse();
        if (flow.Handle is { } handle)
        {
            Link(handle).OnFlow(flow);
        }
        else if (flow.Echo)
        {
            SendFlow();
        }
    }

    private void OnTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload)
    {
        if (_incomingWindow == 0)
        {
            End(new AmqpError(ErrorCondition.WindowViolation, "The peer sends more transfers than the session's window has room for."));
            return;
        }

        _nextIncomingId++;
        _incomingWindow--;
        Link(transfer.Handle).OnTransfer(transfer, payload);
        if (_incomingWindow < _fullWindow / 2)
        {
            SendFlow();
        }
    }

    private void OnDetach(Performative.Detach detach)
    {
        var link = Link(detach.Handle);
        _links.Remove(detach.Handle);
        link.OnDetach(detach);
    }

    private void End(AmqpError error)
    {
        IsEnding = true;
        Send(new Performative.End(error));
        Drop();
    }

    private AmqpLink Link(uint handle) => _links.TryGetValue(handle, out var link)
        ? link
        : throw new AmqpFormatException(ErrorCondition.UnattachedHandle, $"Handle {handle} has no link.");
}
