using System.Buffers;
using System.Buffers.Binary;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a frame is for (AMQP 1.0, part 2, 2.3.1, and part 5, 5.3.1).</summary>
internal enum FrameType : byte
{
    Amqp = 0,
    Sasl = 1,
}

/// <summary>A frame's header, and where its body is.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Channel">The channel it belongs to.</param>
/// <param name="Body">What is behind the header; empty in a frame that only says that its sender is there.</param>
internal readonly record struct Frame(FrameType Type, ushort Channel, ReadOnlySequence<byte> Body);

/// <summary>Cuts frames off a stream of bytes.</summary>
/// <param name="maxFrameSize">The largest frame that is taken, in bytes.</param>
internal sealed class FrameReader(uint maxFrameSize)
{
    private const int HeaderSize = 8;

    /// <summary>Takes the first frame, if all of it is there.</summary>
    /// <exception cref="AmqpFormatException">The bytes are no frame, or one that is too large.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> bytes, out Frame frame)
    {
        frame = default;
        if (bytes.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        bytes.Slice(0, HeaderSize).CopyTo(header);
        var size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var body = header[4] * 4u; // the data offset counts words of four bytes
        if (size > maxFrameSize)
        {
            throw AmqpFormatException.Framing($"A frame has {size} bytes, and {maxFrameSize} are taken.");
        }

        if (size < HeaderSize || body < HeaderSize || body > size || header[5] > (byte)FrameType.Sasl)
        {
            throw AmqpFormatException.Framing($"A frame of {size} bytes begins its body at {body} and is of type {header[5]}.");
        }

        if (bytes.Length < size)
        {
            return false;
        }

        frame = new Frame((FrameType)header[5], BinaryPrimitives.ReadUInt16BigEndian(header[6..]), bytes.Slice(body, size - body));
        bytes = bytes.Slice(size);
        return true;
    }
}
