using System.Buffers.Binary;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Writes frames behind each other.</summary>
internal static class FrameWriter
{
    private const byte DataOffset = 2;

    /// <summary>A frame with nothing in it, which says that its sender is there.</summary>
    public static void WriteEmpty(this AmqpWriter writer)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.Reserve(4), 8);
        writer.WriteByte(DataOffset);
        writer.WriteByte((byte)FrameType.Amqp);
        writer.Reserve(2).Clear();
    }

    /// <summary>A frame with a performative, and for a transfer a part of a message.</summary>
    /// <returns>The frame's size in bytes.</returns>
    public static int WriteFrame(this AmqpWriter writer, FrameType type, ushort channel, IComposite performative, ReadOnlySpan<byte> payload = default)
    {
        var start = writer.Length;
        writer.Reserve(4);
        writer.WriteByte(DataOffset);
        writer.WriteByte((byte)type);
        BinaryPrimitives.WriteUInt16BigEndian(writer.Reserve(2), channel);
        writer.WriteValue(performative);
        writer.WriteRaw(payload);
        writer.Patch(start, writer.Length - start);
        return writer.Length - start;
    }
}
