using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Writes values of the AMQP 1.0 type system (part 1) to a buffer that grows and is used again.</summary>
internal sealed partial class AmqpWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written; valid until something else is.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written, and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was written behind a place.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Any value of the type system.</summary>
    /// <exception cref="ArgumentException">It is of a type that the type system has no counterpart for.</exception>
    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null: WriteNull(); break;
            case bool v: WriteByte(v ? FormatCode.True : FormatCode.False); break;
            case string v: WriteString(v); break;
            case AmqpSymbol v: WriteSymbol(v.Value); break;
            case uint v: WriteUInt(v); break;
            case int v: WriteInt(v); break;
            case ulong v: WriteULong(v); break;
            case long v: WriteLong(v); break;
            case byte v: WriteByte(FormatCode.UByte); WriteByte(v); break;
            case sbyte v: WriteByte(FormatCode.Byte); WriteByte((byte)v); break;
            case byte[] v: WriteBinary(v); break;
            case ReadOnlyMemory<byte> v: WriteBinary(v.Span); break;
            case AmqpList v: WriteList(v); break;
            case AmqpMap v: WriteMap(v); break;
            case AmqpArray v: WriteArray(v); break;
            case AmqpDescribed v: WriteDescribed(v); break;
            case IComposite v: WriteComposite(v); break;
            default: WriteFixed(FixedCodeOf(value), value); break;
        }
    }

    public void WriteNull() => WriteByte(FormatCode.Null);

    public void WriteUInt(uint value)
    {
        if (value == 0)
        {
            WriteByte(FormatCode.UInt0);
        }
        else if (value <= byte.MaxValue)
        {
            WriteByte(FormatCode.SmallUInt);
            WriteByte((byte)value);
        }
        else
        {
            WriteFixed(FormatCode.UInt, value);
        }
    }

    public void WriteULong(ulong value)
    {
        if (value == 0)
        {
            WriteByte(FormatCode.ULong0);
        }
        else if (value <= byte.MaxValue)
        {
            WriteByte(FormatCode.SmallULong);
            WriteByte((byte)value);
        }
        else
        {
            WriteFixed(FormatCode.ULong, value);
        }
    }

    public void WriteInt(int value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            WriteByte(FormatCode.SmallInt);
            WriteByte((byte)(sbyte)value);
        }
        else
        {
            WriteFixed(FormatCode.Int, value);
        }
    }

    public void WriteLong(long value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            WriteByte(FormatCode.SmallLong);
            WriteByte((byte)(sbyte)value);
        }
        else
        {
            WriteFixed(FormatCode.Long, value);
        }
    }

    public void WriteString(string value) => WriteText(FormatCode.String8, FormatCode.String32, value);

    public void WriteSymbol(string value) => WriteText(FormatCode.Symbol8, FormatCode.Symbol32, value);

    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        WriteLength(FormatCode.Binary8, FormatCode.Binary32, value.Length);
        WriteRaw(value);
    }

    /// <summary>The descriptor of the value that is written next.</summary>
    public void WriteDescriptor(ulong code)
    {
        WriteByte(FormatCode.Described);
        WriteULong(code);
    }

    /// <summary>Bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Begins a list or map; its items are written next.</summary>
    /// <param name="code"><see cref="FormatCode.List32"/> or <see cref="FormatCode.Map32"/>.</param>
    /// <param name="count">How many items there will be; of a map, keys and values.</param>
    /// <returns>What <see cref="EndCompound"/> needs.</returns>
    public int BeginCompound(byte code, int count)
    {
        WriteByte(code);
        var start = Length;
        Reserve(4);
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), count);
        return start;
    }

    /// <summary>Ends a list or map: its size is known now.</summary>
    public void EndCompound(int start) => Patch(start, Length - start - 4);

    /// <summary>Replaces four bytes by a number.</summary>
    public void Patch(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(position), value);

    /// <summary>Makes room for bytes that are filled in by the caller.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(checked(Length + count), _bytes.Length * 2));
        }

        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    private void WriteDescribed(AmqpDescribed value)
    {
        WriteByte(FormatCode.Described);
        WriteValue(value.Descriptor);
        WriteValue(value.Value);
    }

    private void WriteComposite(IComposite value)
    {
        var fields = value.Fields();
        var count = fields.Length;
        while (count > 0 && fields[count - 1] is null)
        {
            count--; // trailing nulls need not be sent (part 1, 1.4)
        }

        WriteDescriptor(value.Type.Code);
        if (count == 0)
        {
            WriteByte(FormatCode.List0);
            return;
        }

        var start = BeginCompound(FormatCode.List32, count);
        foreach (var field in fields.AsSpan(0, count))
        {
            WriteValue(field);
        }

        EndCompound(start);
    }

    private void WriteText(byte shortCode, byte longCode, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLength(shortCode, longCode, length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    private void WriteText32(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    private void WriteLength(byte shortCode, byte longCode, int length)
    {
        if (length <= byte.MaxValue)
        {
            WriteByte(shortCode);
            WriteByte((byte)length);
        }
        else
        {
            WriteByte(longCode);
            BinaryPrimitives.WriteInt32BigEndian(Reserve(4), length);
        }
    }
}
