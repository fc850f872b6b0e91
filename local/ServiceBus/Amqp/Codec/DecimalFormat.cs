using System.Buffers.Binary;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Decimal numbers in the binary integer decimal encoding of IEEE 754-2008 (3.5.2), which AMQP 1.0 prescribes (part 1, 1.6.13 to 1.6.15).
/// </summary>
internal static class DecimalFormat
{
    private const int Bias128 = 6176;
    private const int MaxScale = 28;

    /// <summary>
    /// Microsoft.Azure.Amqp writes the upper bits of an exponent two places too low, and reads them rightly: what it sends looks like
    /// numbers smaller by so many powers of ten, which nobody means.
    /// </summary>
    private const int MisplacedExponent = -4608;

    /// <summary>The number; an <see cref="AmqpDecimal"/> where no <see cref="decimal"/> has it exactly.</summary>
    /// <param name="code">Its format code.</param>
    /// <param name="bytes">4, 8 or 16 bytes, as the code says.</param>
    public static object Read(byte code, ReadOnlySpan<byte> bytes)
    {
        var (bits, exponentBits, bias) = code switch
        {
            FormatCode.Decimal32 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 8, 101),
            FormatCode.Decimal64 => (BinaryPrimitives.ReadUInt64BigEndian(bytes), 10, 398),
            _ => (BinaryPrimitives.ReadUInt128BigEndian(bytes), 14, Bias128),
        };
        var width = bytes.Length * 8;
        var significandBits = width - 1 - exponentBits;
        var isLargeOrSpecial = (bits >> (width - 3) & 3) == 3;
        var exponent = (int)(bits >> significandBits & (UInt128.One << exponentBits) - 1) - bias;
        exponent -= code == FormatCode.Decimal128 && exponent is <= MisplacedExponent and >= MisplacedExponent - MaxScale ? MisplacedExponent : 0;
        var significand = bits & (UInt128.One << significandBits) - 1;
        var isNegative = (bits >> (width - 1)) == 1;
        return !isLargeOrSpecial && ToDecimal(isNegative, significand, exponent) is { } value
            ? value
            : new AmqpDecimal(code, bytes.ToArray());
    }

    /// <summary>The 16 bytes of a number.</summary>
    public static void Write(decimal value, Span<byte> bytes)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var significand = new UInt128((uint)parts[2], (ulong)(uint)parts[1] << 32 | (uint)parts[0]);
        var scale = parts[3] >> 16 & 0xff;
        var sign = parts[3] < 0 ? UInt128.One << 127 : 0;
        BinaryPrimitives.WriteUInt128BigEndian(bytes, sign | (UInt128)(uint)(Bias128 - scale) << 113 | significand);
    }

    private static decimal? ToDecimal(bool isNegative, UInt128 significand, int exponent)
    {
        var limit = UInt128.One << 96;
        while (exponent > 0 && significand != 0 && significand < limit)
        {
            (significand, exponent) = (significand * 10, exponent - 1);
        }

        exponent = significand == 0 ? Math.Clamp(exponent, -MaxScale, 0) : exponent;
        return exponent is <= 0 and >= -MaxScale && significand < limit
            ? new decimal((int)(uint)significand, (int)(uint)(significand >> 32), (int)(uint)(significand >> 64), isNegative, (byte)-exponent)
            : null;
    }
}
