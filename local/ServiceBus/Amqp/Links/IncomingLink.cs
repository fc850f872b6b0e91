using System.Buffers;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Takes in what comes over a link.</summary>
internal interface IDeliverySink
{
    /// <summary>The largest message in bytes.</summary>
    long MaxMessageSize { get; }

    /// <summary>Takes a message in. Calls come in the order of the messages; what has to keep it is done before the first wait.</summary>
    /// <returns>What has become of it.</returns>
    ValueTask<DeliveryState> TakeAsync(ReadOnlyMemory<byte> message, uint format, CancellationToken cancellationToken);
}

/// <summary>A link that the peer sends on: puts frames together to messages, hands them on, and tells what has become of them.</summary>
internal sealed class IncomingLink(AmqpSession session, Performative.Attach attach, IDeliverySink sink) : AmqpLink(session, attach)
{
    /// <summary>What all messages that are taken in at the same time may have in bytes; the credit is made to fit.</summary>
    private const long BytesAtOnce = 64 * 1024 * 1024;

    /// <summary>How much the largest message may be exceeded by what the entity does not count, before it is not even read.</summary>
    private const long Slack = 64 * 1024;

    private readonly uint _fullCredit = (uint)Math.Clamp(BytesAtOnce / Math.Max(sink.MaxMessageSize, 1), 10, 500);
    private uint _deliveryCount = attach.InitialDeliveryCount ?? 0;
    private uint _credit;
    private uint _inHand;
    private Performative.Transfer? _first;
    private ArrayBufferWriter<byte>? _parts;

    /// <inheritdoc />
    public override void Begin()
    {
        Answer(new Performative.Attach(Name, Handle, IsReceiver: true)
        {
            SenderSettleMode = Asked.SenderSettleMode,
            ReceiverSettleMode = Asked.ReceiverSettleMode,
            Source = Asked.Source,
            Target = Asked.Target,
            MaxMessageSize = (ulong)sink.MaxMessageSize,
        });
        GiveCredit();
    }

    /// <inheritdoc />
    public override void OnFlow(Performative.Flow flow)
    {
        if (flow.Echo && !IsClosed)
        {
            GiveCredit();
        }
    }

    /// <inheritdoc />
    public override void OnTransfer(Performative.Transfer transfer, ReadOnlySpan<byte> payload)
    {
        if (IsClosed)
        {
            return;
        }

        if (_first is null && _credit == 0)
        {
            Detach(new AmqpError(ErrorCondition.TransferLimitExceeded, "The peer sends more messages than it was given credit for."));
            return;
        }

        if ((_parts?.WrittenCount ?? 0) + (long)payload.Length > sink.MaxMessageSize + Slack)
        {
            Detach(new AmqpError(ErrorCondition.MessageSizeExceeded, $"A message has more than {sink.MaxMessageSize} bytes, which is the most that is taken."));
            return;
        }

        _first ??= transfer.DeliveryId is null
            ? throw new AmqpFormatException(ErrorCondition.InvalidField, "The first transfer of a delivery has no delivery id.")
            : transfer;
        if (transfer.More && !transfer.Aborted)
        {
            (_parts ??= new ArrayBufferWriter<byte>(payload.Length * 2)).Write(payload);
            return;
        }

        Complete(transfer, payload);
    }

    private void Complete(Performative.Transfer last, ReadOnlySpan<byte> payload)
    {
        var first = _first!;
        var message = Whole(payload);
        (_first, _parts) = (null, null);
        _deliveryCount++;
        _credit--;
        if (last.Aborted)
        {
            GiveCreditIfLow();
            return;
        }

        _inHand++;
        var isSettled = last.Settled ?? first.Settled ?? false;
        if (first.State is DeliveryState.Transactional || last.State is DeliveryState.Transactional)
        {
            Finish(first.DeliveryId!.Value, isSettled, Transactions.Refused);
            return;
        }

        var taking = sink.TakeAsync(message, first.MessageFormat ?? AmqpMessage.Format, Connection.Ended);
        if (taking.IsCompletedSuccessfully)
        {
            Finish(first.DeliveryId!.Value, isSettled, taking.Result);
        }
        else
        {
            _ = FinishLaterAsync(taking, first.DeliveryId!.Value, isSettled);
        }
    }

    private byte[] Whole(ReadOnlySpan<byte> last)
    {
        if (_parts is null)
        {
            return last.ToArray();
        }

        _parts.Write(last);
        return _parts.WrittenSpan.ToArray();
    }

    private async Task FinishLaterAsync(ValueTask<DeliveryState> taking, uint deliveryId, bool isSettled)
    {
        var state = await LinkOutcomes.OfAsync(taking, Connection.Endpoint.Log, Connection.Ended);
        if (state is not null)
        {
            lock (Connection.Gate)
            {
                Finish(deliveryId, isSettled, state);
            }
        }
    }

    private void Finish(uint deliveryId, bool isSettled, DeliveryState state)
    {
        _inHand--;
        if (isSettled && state is DeliveryState.Rejected { Error: { } error })
        {
            // Nobody will be told: whoever sends settled has asked for that.
            Connection.Endpoint.Log.LogWarning("A message sent settled on link {Link} was refused: {Reason}", Name, error.Description);
        }

        if (!IsClosed)
        {
            if (!isSettled)
            {
                Session.SendSettled(deliveryId, received: true, state);
            }

            GiveCreditIfLow();
        }
    }

    private void GiveCreditIfLow()
    {
        if (_credit + _inHand <= _fullCredit / 2 || (_credit == 0 && _inHand < _fullCredit))
        {
            GiveCredit();
        }
    }

    private void GiveCredit()
    {
        _credit = _fullCredit - Math.Min(_inHand, _fullCredit);
        Session.SendFlow(new Performative.Flow(null, 0, 0, 0) { Handle = Handle, DeliveryCount = _deliveryCount, LinkCredit = _credit });
    }
}
