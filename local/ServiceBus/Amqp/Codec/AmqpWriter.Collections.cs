using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>How lists, maps and arrays are written; an array's items share the constructor that stands before the first.</summary>
internal sealed partial class AmqpWriter
{
    private void WriteList(AmqpList list)
    {
        if (list.Count == 0)
        {
            WriteByte(FormatCode.List0);
            return;
        }

        var start = BeginCompound(FormatCode.List32, list.Count);
        foreach (var item in list)
        {
            WriteValue(item);
        }

        EndCompound(start);
    }

    private void WriteMap(AmqpMap map)
    {
        var start = BeginCompound(FormatCode.Map32, map.Count * 2);
        foreach (var (key, value) in map)
        {
            WriteValue(key);
            WriteValue(value);
        }

        EndCompound(start);
    }

    private void WriteArray(AmqpArray array)
    {
        var start = BeginCompound(FormatCode.Array32, array.Items.Count);
        if (array.Descriptor is not null)
        {
            WriteByte(FormatCode.Described);
            WriteValue(array.Descriptor);
        }

        WriteByte(array.Code);
        foreach (var item in array.Items)
        {
            WriteItem(array.Code, item);
        }

        EndCompound(start);
    }

    /// <summary>An item of an array is what stands behind its constructor.</summary>
    private void WriteItem(byte code, object? item)
    {
        var before = Length;
        switch (code)
        {
            case FormatCode.String32: WriteText32((string)item!); return;
            case FormatCode.Symbol32: WriteText32(((AmqpSymbol)item!).Value); return;
            case FormatCode.Binary32:
                BinaryPrimitives.WriteInt32BigEndian(Reserve(4), ((byte[])item!).Length);
                WriteRaw((byte[])item);
                return;
            case FormatCode.Boolean: WriteByte((bool)item! ? (byte)1 : (byte)0); return;
            case FormatCode.Null: return;
            case FormatCode.List32 when item is AmqpList { Count: 0 }:
                BinaryPrimitives.WriteInt64BigEndian(Reserve(8), 4L << 32); // four bytes follow, and they say that nothing does
                return;
            case FormatCode.List32 or FormatCode.Map32 or FormatCode.Array32: WriteValue(item); break;
            default: WriteFixed(code, item!); break;
        }

        // The constructor stands once, before all items.
        _bytes.AsSpan(before + 1, Length - before - 1).CopyTo(_bytes.AsSpan(before));
        Length--;
    }

    private static byte FixedCodeOf(object value) => value switch
    {
        ushort => FormatCode.UShort,
        short => FormatCode.Short,
        float => FormatCode.Float,
        double => FormatCode.Double,
        decimal => FormatCode.Decimal128,
        AmqpDecimal v => v.Code,
        Rune => FormatCode.Char,
        DateTime => FormatCode.Timestamp,
        DateTimeOffset => FormatCode.Timestamp,
        Guid => FormatCode.Uuid,
        _ => throw new ArgumentException($"AMQP has no type for a {value.GetType().Name}.", nameof(value)),
    };

    private void WriteFixed(byte code, object value)
    {
        WriteByte(code);
        switch (value)
        {
            case byte v: WriteByte(v); break;
            case sbyte v: WriteByte((byte)v); break;
            case ushort v: BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), v); break;
            case short v: BinaryPrimitives.WriteInt16BigEndian(Reserve(2), v); break;
            case uint v: BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), v); break;
            case int v: BinaryPrimitives.WriteInt32BigEndian(Reserve(4), v); break;
            case ulong v: BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), v); break;
            case long v: BinaryPrimitives.WriteInt64BigEndian(Reserve(8), v); break;
            case float v: BinaryPrimitives.WriteSingleBigEndian(Reserve(4), v); break;
            case double v: BinaryPrimitives.WriteDoubleBigEndian(Reserve(8), v); break;
            case decimal v: DecimalFormat.Write(v, Reserve(16)); break;
            case AmqpDecimal v: WriteRaw(v.Bits.Span); break;
            case Rune v: BinaryPrimitives.WriteInt32BigEndian(Reserve(4), v.Value); break;
            case DateTime v: BinaryPrimitives.WriteInt64BigEndian(Reserve(8), Timestamp.FromDateTime(v)); break;
            case DateTimeOffset v: BinaryPrimitives.WriteInt64BigEndian(Reserve(8), v.ToUnixTimeMilliseconds()); break;
            case Guid v: v.TryWriteBytes(Reserve(16), bigEndian: true, out _); break;
            default: throw new ArgumentException($"A {value.GetType().Name} has no fixed width of code 0x{code:x2}.", nameof(value));
        }
    }
}
