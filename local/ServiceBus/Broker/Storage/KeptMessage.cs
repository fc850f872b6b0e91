using System.Runtime.InteropServices;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus;

/// <summary>A message in a store. Several may hold it, each of whom has to let go of it once.</summary>
/// <param name="Store">Where it is.</param>
/// <param name="First">Its first block.</param>
/// <param name="Length">What it takes there, in bytes.</param>
/// <param name="Size">What it takes on the wire, in bytes, as <see cref="MessageSize"/> counts them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeptMessage(MessageStore Store, int First, int Length, long Size)
{
    /// <summary>What was sent.</summary>
    public BrokerMessage Read() => Store.Read(this);

    /// <summary>Writes it as <see cref="Durability.MessageCodec"/> does.</summary>
    public void WriteTo(ref RecordWriter writer) => Store.Blocks.Read(First, writer.Reserve(Length));

    /// <summary>The same, for one more to hold.</summary>
    public KeptMessage Hold()
    {
        Store.Blocks.Hold(First);
        return this;
    }

    /// <summary>Lets go of it.</summary>
    public void Release() => Store.Blocks.Release(First);
}
