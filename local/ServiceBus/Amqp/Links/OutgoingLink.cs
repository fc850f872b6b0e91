using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>A link that the peer receives on: keeps its credit, and cuts messages into frames.</summary>
internal sealed class OutgoingLink(AmqpSession session, Performative.Attach attach, IDeliverySource source) : AmqpLink(session, attach)
{
    /// <summary>More than what stands before the payload of a transfer's frame.</summary>
    private const int FrameOverhead = 128;

    private readonly Signal _changed = new();
    private CancellationTokenSource? _waiting;
    private uint _deliveryCount;
    private uint _credit;
    private uint _version;
    private bool _isDraining;
    private Performative.Detach? _detach;

    /// <summary>Where its messages come from.</summary>
    public IDeliverySource Source => source;

    /// <inheritdoc />
    public override void Begin() => _ = RunAsync();

    /// <inheritdoc />
    public override void OnFlow(Performative.Flow flow)
    {
        if (IsClosed)
        {
            return;
        }

        var credit = (flow.DeliveryCount ?? 0) + (flow.LinkCredit ?? 0) - _deliveryCount;
        var isLess = credit < _credit;
        _credit = credit > int.MaxValue ? 0 : credit; // less than what has been sent meanwhile
        _isDraining = flow.Drain;
        _version++;
        if (isLess || _isDraining)
        {
            _waiting?.Cancel();
        }

        _changed.Pulse();
        if (flow.Echo)
        {
            SendFlow();
        }
    }

    /// <summary>
    /// The answer waits until the link has let go of what it holds: who is told that it is closed may ask for its session at once.
    /// </summary>
    public override void OnDetach(Performative.Detach detach)
    {
        if (!IsClosed)
        {
            _detach = detach;
            Drop();
        }
    }

    /// <inheritdoc />
    public override void OnTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload) =>
        throw new AmqpFormatException(ErrorCondition.NotAllowed, "A transfer comes on a link that its sender receives on.");

    /// <summary>What may be sent now.</summary>
    public Demand Demand()
    {
        lock (Connection.Gate)
        {
            return new Demand((int)_credit, _isDraining, _version, _changed.Next);
        }
    }

    /// <summary>Begins to wait for messages.</summary>
    /// <returns>What ends the wait when the peer wants less than it did; none if it does already.</returns>
    public CancellationTokenSource? BeginWait(uint version)
    {
        lock (Connection.Gate)
        {
            return version == _version && !IsClosed ? _waiting = CancellationTokenSource.CreateLinkedTokenSource(Closed) : null;
        }
    }

    /// <summary>The wait is over.</summary>
    public void EndWait()
    {
        lock (Connection.Gate)
        {
            _waiting?.Dispose();
            _waiting = null;
        }
    }

    /// <summary>There is nothing more: the peer gets its credit back (2.6.7, "drain").</summary>
    public void Drained(uint version)
    {
        lock (Connection.Gate)
        {
            if (version == _version && !IsClosed)
            {
                _deliveryCount += _credit;
                _credit = 0;
                SendFlow();
                _isDraining = false;
                _version++;
            }
        }
    }

    /// <summary>Sends a message; one at a time.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="tag">What the peer calls the delivery.</param>
    /// <param name="lockToken">What it is settled by; none if it is settled by being sent.</param>
    /// <returns>Whether it went out; not if the link is closed or its credit is used up.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> tag, Guid? lockToken)
    {
        var sent = 0;
        var deliveryId = default(uint?);
        while (true)
        {
            Task? wait;
            lock (Connection.Gate)
            {
                if (IsClosed || (deliveryId is null && _credit == 0))
                {
                    return false;
                }

                wait = deliveryId is null ? Connection.Outbox.Room : null;
                if (wait is null)
                {
                    deliveryId ??= BeginDelivery(lockToken);
                    wait = SendParts(message, tag, lockToken is null, deliveryId.Value, ref sent);
                }
            }

            if (wait is null)
            {
                return true;
            }

            await wait;
        }
    }

    /// <summary>Settles a delivery, and answers if the peer waits for it.</summary>
    public void Settle(uint deliveryId, Guid lockToken, DeliveryState? outcome, bool mustAnswer) =>
        _ = SettleAsync(deliveryId, lockToken, outcome, mustAnswer);

    /// <inheritdoc />
    protected override void OnClosed()
    {
        Session.ForgetDeliveries(this);
        _changed.Pulse();
        Session.WindowMoved.Pulse();
    }

    private uint BeginDelivery(Guid? lockToken)
    {
        var deliveryId = Session.NextDeliveryId();
        _credit--;
        _deliveryCount++;
        if (lockToken is { } token)
        {
            Session.Remember(deliveryId, this, token);
        }

        return deliveryId;
    }

    /// <summary>Sends as much of a message as there is room for.</summary>
    /// <returns>What to wait for before the rest is sent; none if nothing is left.</returns>
    private Task? SendParts(ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> tag, bool isSettled, uint deliveryId, ref int sent)
    {
        var room = Connection.MaxOutgoingFrame - FrameOverhead;
        Task? wait = null;
        while (wait is null && sent < message.Length)
        {
            if (!Session.HasWindow)
            {
                return Session.WindowMoved.Next;
            }

            var part = Math.Min(room, message.Length - sent);
            var isFirst = sent == 0;
            Session.SendTransfer(
                new Performative.Transfer(Handle)
                {
                    DeliveryId = isFirst ? deliveryId : null,
                    DeliveryTag = isFirst ? tag : null,
                    MessageFormat = isFirst ? AmqpMessage.Format : null,
                    Settled = isFirst ? isSettled : null,
                    More = sent + part < message.Length,
                },
                message.Span.Slice(sent, part));
            sent += part;
            wait = sent < message.Length ? Connection.Outbox.Room : null;
        }

        return wait;
    }

    private void SendFlow() => Session.SendFlow(new Performative.Flow(null, 0, 0, 0)
    {
        Handle = Handle,
        DeliveryCount = _deliveryCount,
        LinkCredit = _credit,
        Drain = _isDraining,
    });

    private async Task RunAsync()
    {
        try
        {
            var answer = await source.OpenAsync(
                new Performative.Attach(Name, Handle, IsReceiver: false)
                {
                    SenderSettleMode = Asked.SenderSettleMode,
                    ReceiverSettleMode = Asked.ReceiverSettleMode,
                    Source = Asked.Source,
                    Target = Asked.Target,
                    InitialDeliveryCount = 0,
                },
                Closed);
            lock (Connection.Gate)
            {
                if (!IsClosed)
                {
                    Answer(answer);
                }
            }

            await source.RunAsync(this, Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The peer does not want it any more.
        }
        catch (Exception exception)
        {
            var error = LinkOutcomes.ErrorOf(exception, Connection.Endpoint.Log);
            lock (Connection.Gate)
            {
                Detach(error);
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await source.CloseAsync();
        }
        catch (Exception exception)
        {
            Connection.Endpoint.Log.LogError(exception, "The link {Link} could not let go of what it held; its locks last as long as they last.", Name);
        }

        lock (Connection.Gate)
        {
            if (_detach is { } detach && !Session.IsOver)
            {
                AnswerDetach(detach);
            }
        }
    }

    private async Task SettleAsync(uint deliveryId, Guid lockToken, DeliveryState? outcome, bool mustAnswer)
    {
        var state = await LinkOutcomes.OfAsync(source.SettleAsync(lockToken, outcome, CancellationToken.None), Connection.Endpoint.Log, Connection.Ended);
        if (mustAnswer && state is not null)
        {
            lock (Connection.Gate)
            {
                if (!IsClosed)
                {
                    Session.SendSettled(deliveryId, received: false, state);
                }
            }
        }
    }
}
