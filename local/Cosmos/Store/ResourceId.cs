using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// The service's resource ids (RIDs): hierarchical byte strings, base64 with <c>-</c> for <c>/</c>. Clients take them apart,
/// so they must be well formed: 4 bytes name a database, 8 a container (top bit of the fifth set), 16 an item or a key range.
/// </summary>
internal static class ResourceId
{
    /// <summary>Item numbers have 60 bits: the top four name the kind of resource.</summary>
    public const long MaxItemNumber = (1L << 60) - 1;

    private const byte RangeKind = 0x50;

    public static string OfDatabase(uint database)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, database);
        return Encode(bytes);
    }

    public static string OfContainer(ContainerRid container)
    {
        Span<byte> bytes = stackalloc byte[8];
        WriteContainer(bytes, container);
        return Encode(bytes);
    }

    public static string OfItem(ContainerRid container, long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxItemNumber);
        Span<byte> bytes = stackalloc byte[16];
        WriteContainer(bytes, container);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], number);
        return Encode(bytes);
    }

    public static string OfRange(ContainerRid container, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteContainer(bytes, container);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], index);
        bytes[15] = RangeKind;
        return Encode(bytes);
    }

    public static bool TryParseContainer(string text, out ContainerRid container)
    {
        Span<byte> bytes = stackalloc byte[8];
        var parsed = TryDecode(text, bytes) && (bytes[4] & 0x80) != 0;
        container = parsed ? ReadContainer(bytes) : default;
        return parsed;
    }

    public static bool TryParseItem(string text, out long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        number = TryDecode(text, bytes) ? BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) : -1;
        return number is >= 0 and <= MaxItemNumber;
    }

    private static void WriteContainer(Span<byte> bytes, ContainerRid container)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, container.Database);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], container.Container | 0x8000_0000);
    }

    private static ContainerRid ReadContainer(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) & 0x7FFF_FFFF);

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('/', '-');

    private static bool TryDecode(string text, Span<byte> bytes) =>
        Convert.TryFromBase64String(text.Replace('-', '/'), bytes, out var written) && written == bytes.Length;
}

/// <summary>The two numbers a container's RID is made of.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContainerRid(uint Database, uint Container);
