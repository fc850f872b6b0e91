using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// A partition key's place in the ring of hashes, version 2: MurmurHash3 of the tagged value, bytes reversed, the two top bits
/// cleared. Clients compute it too, to route a request to a key range, so both must agree.
/// </summary>
internal static class EffectivePartitionKey
{
    private const byte EndOfText = 0xFF;

    public static UInt128 Of(PartitionKeyValue key)
    {
        Span<byte> small = stackalloc byte[9];
        var bytes = key.Kind switch
        {
            PartitionKeyKind.String => Tagged(key.Text!),
            PartitionKeyKind.Number => Tagged(small, key.Number),
            _ => small[..1],
        };
        bytes[0] = (byte)key.Kind;
        var (low, high) = MurmurHash3.Hash128(bytes);

        // Written low word first in little-endian and reversed as a whole, that is the high word in big-endian, then the low one.
        return new UInt128(high & 0x3FFF_FFFF_FFFF_FFFF, low);
    }

    /// <summary>The form on the wire, 32 upper-case hexadecimal digits.</summary>
    public static string ToHex(UInt128 key) => key.ToString("X32", CultureInfo.InvariantCulture);

    private static Span<byte> Tagged(Span<byte> bytes, double number)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[1..], number);
        return bytes;
    }

    private static Span<byte> Tagged(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 2];
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(1));
        bytes[^1] = EndOfText;
        return bytes;
    }
}
