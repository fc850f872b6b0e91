namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// A link (AMQP 1.0, part 2, 2.6): one way for messages, attached by the peer. The connection's gate guards it.
/// </summary>
#pragma warning disable CA1001 // The source has no timer and no handle; disposing of it would race with those who still ask for its token.
internal abstract class AmqpLink(AmqpSession session, Performative.Attach attach)
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Its name, between both ends.</summary>
    public string Name => attach.Name;

    /// <summary>Its number on both sides: the peer attaches every link, and is answered with its own number.</summary>
    public uint Handle => attach.Handle;

    /// <summary>Whether messages go to the peer.</summary>
    public bool PeerReceives => attach.IsReceiver;

    /// <summary>What the peer asked for.</summary>
    public Performative.Attach Asked => attach;

    public AmqpSession Session => session;

    public AmqpConnection Connection => session.Connection;

    /// <summary>Whether it does nothing any more, though the peer may not know yet.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Cancelled when it does nothing any more.</summary>
    protected CancellationToken Closed => _closed.Token;

    /// <summary>Whether the peer has been answered.</summary>
    protected bool IsAttached { get; private set; }

    /// <summary>Begins its work: answers the peer, now or when it can.</summary>
    public abstract void Begin();

    /// <summary>The peer tells where it stands.</summary>
    public abstract void OnFlow(Performative.Flow flow);

    /// <summary>The peer sends a message, or a part of one.</summary>
    public abstract void OnTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload);

    /// <summary>Detaches it with an error; the peer's own detach is still to come.</summary>
    public void Detach(AmqpError error)
    {
        if (!IsClosed)
        {
            if (!IsAttached)
            {
                // A link that can't be had is attached without an end, and detached at once (2.6.3).
                Session.Send(LinkAttacher.Refusal(attach));
            }

            Session.Send(new Performative.Detach(Handle, Closed: true, error));
            Drop();
        }
    }

    /// <summary>The peer detaches it.</summary>
    public virtual void OnDetach(Performative.Detach detach)
    {
        if (!IsClosed)
        {
            AnswerDetach(detach);
            Drop();
        }
    }

    /// <summary>Ends its work without a word: the session or the connection is over.</summary>
    public void Drop()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            OnClosed();
            _closed.Cancel();
        }
    }

    /// <summary>Answers the peer's attach.</summary>
    protected void Answer(Performative.Attach answer)
    {
        IsAttached = true;
        Session.Send(answer);
    }

    /// <summary>Answers the peer's detach.</summary>
    protected void AnswerDetach(Performative.Detach detach)
    {
        if (!IsAttached)
        {
            Session.Send(LinkAttacher.Refusal(attach));
        }

        Session.Send(new Performative.Detach(Handle, detach.Closed, null));
    }

    /// <summary>Lets go of what it holds.</summary>
    protected virtual void OnClosed()
    {
    }
}
