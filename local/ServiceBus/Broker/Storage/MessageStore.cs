using System.Buffers;
using EventFunctions.Local.Journal.Payloads;
using EventFunctions.Local.ServiceBus.Durability;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The messages that wait in a shard, in the form they have in the journal. As objects each would be half a dozen, which the garbage
/// collector copies twice until they are old, and visits again and again while they wait.
/// </summary>
/// <remarks>Guarded by the shard's gate, but for reading what one holds.</remarks>
internal sealed class MessageStore
{
    /// <summary>Where the bytes lie.</summary>
    public BlockStore Blocks { get; } = new();

    /// <summary>Keeps a message, which one holds from now on.</summary>
    public KeptMessage Keep(BrokerMessage message)
    {
        var writer = new RecordWriter(MessageCodec.SizeOf(message));
        try
        {
            writer.WriteMessage(message);
            return new KeptMessage(this, Blocks.Keep(writer.Written), writer.Written.Length, MessageSize.Of(message));
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Reads a message that is held.</summary>
    public BrokerMessage Read(KeptMessage kept)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(kept.Length);
        try
        {
            var encoded = bytes.AsSpan(0, kept.Length);
            Blocks.Read(kept.First, encoded);
            var reader = new RecordReader(encoded);
            return reader.ReadMessage();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
