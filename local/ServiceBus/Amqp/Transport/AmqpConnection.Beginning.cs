using System.Buffers;
using System.IO.Pipelines;

namespace EventFunctions.Local.ServiceBus.Amqp;

internal sealed partial class AmqpConnection
{
    /// <summary>Negotiates the layers of the protocol (AMQP 1.0, part 2, 2.2).</summary>
    /// <returns>Whether frames of AMQP follow.</returns>
    private async Task<bool> BeginAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(Endpoint.Options.AuthenticationTimeout, Endpoint.Clock);
        await using var late = patience.Token.UnsafeRegister(_ => input.CancelPendingRead(), null);
        var header = await ReadHeaderAsync(input);
        if (header.AsSpan().SequenceEqual(ProtocolHeader.Sasl))
        {
            if (!await AuthenticateAsync(input))
            {
                return false;
            }

            header = await ReadHeaderAsync(input);
        }

        lock (Gate)
        {
            // Also the answer to a layer or version that is not served: the one that is, and the end (2.2, "version negotiation").
            Outbox.Raw(header.Length == 0 || header.AsSpan().SequenceEqual(ProtocolHeader.Amqp) ? ProtocolHeader.Amqp : ProtocolHeader.Sasl);
        }

        return header.AsSpan().SequenceEqual(ProtocolHeader.Amqp);
    }

    private async Task<bool> AuthenticateAsync(PipeReader input)
    {
        lock (Gate)
        {
            Outbox.Raw(ProtocolHeader.Sasl);
            Outbox.Frame(0, SaslNegotiation.Offer, type: FrameType.Sasl);
        }

        while (true)
        {
            var read = await input.ReadAsync(CancellationToken.None);
            var bytes = read.Buffer;
            var isThere = false;
            try
            {
                isThere = _frames.TryRead(ref bytes, out var frame);
                if (isThere)
                {
                    return Answer(frame).Code == SaslOutcome.Ok;
                }
            }
            finally
            {
                input.AdvanceTo(bytes.Start, isThere ? bytes.Start : bytes.End); // what comes behind it may be there already
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return false;
            }
        }
    }

    private SaslOutcome Answer(Frame frame)
    {
        if (frame.Type != FrameType.Sasl)
        {
            throw AmqpFormatException.Framing("A frame of SASL is expected.");
        }

        lock (Gate)
        {
            var reader = new AmqpReader(Contiguous(frame.Body));
            var outcome = SaslNegotiation.Choose(Composite.Read(ref reader), Grants);
            Outbox.Frame(0, outcome, type: FrameType.Sasl);
            return outcome;
        }
    }

    /// <summary>The eight bytes of a header; none if they do not come.</summary>
    private static async Task<byte[]> ReadHeaderAsync(PipeReader input)
    {
        while (true)
        {
            var read = await input.ReadAsync(CancellationToken.None);
            if (read.Buffer.Length >= ProtocolHeader.Size)
            {
                var header = read.Buffer.Slice(0, ProtocolHeader.Size);
                var bytes = header.ToArray();
                input.AdvanceTo(header.End);
                return bytes;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return [];
            }
        }
    }

    private static ReadOnlySpan<byte> Contiguous(ReadOnlySequence<byte> bytes) => bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
}
