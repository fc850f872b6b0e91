using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Reads values of the AMQP 1.0 type system (part 1) from bytes nobody vouches for. Whatever they are, it ends with a value or with an
/// <see cref="AmqpFormatException"/>, and allocates no more than its limits allow.
/// </summary>
internal ref struct AmqpReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly AmqpLimits _limits;
    private int _depth;
    private int _values;

    public AmqpReader(ReadOnlySpan<byte> bytes, AmqpLimits? limits = null)
    {
        _bytes = bytes;
        _limits = limits ?? AmqpLimits.Default;
    }

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position == _bytes.Length;

    /// <summary>The next value.</summary>
    /// <exception cref="AmqpFormatException">There is none that could be read.</exception>
    public object? ReadValue()
    {
        var code = ReadByte();
        if (code != FormatCode.Described)
        {
            return ReadPayload(code);
        }

        Enter();
        var described = new AmqpDescribed(ReadValue(), ReadValue());
        _depth--;
        return described;
    }

    /// <summary>The descriptor of the next value, which is left to be read.</summary>
    /// <exception cref="AmqpFormatException">The next value has none.</exception>
    public object? ReadDescriptor() => ReadByte() == FormatCode.Described
        ? ReadValue()
        : throw AmqpFormatException.Decode("A described value is expected.");

    /// <summary>Steps over a binary value, and tells where its bytes are.</summary>
    /// <exception cref="AmqpFormatException">The next value is no binary.</exception>
    public Range SkipBinary()
    {
        var length = ReadByte() switch
        {
            FormatCode.Binary8 => ReadByte(),
            FormatCode.Binary32 => Length32(),
            var code => throw AmqpFormatException.Decode($"A binary is expected, and there is format code 0x{code:x2}."),
        };
        Count();
        Take(length);
        return (Position - length)..Position;
    }

    /// <summary>Steps over one value without building it; nesting is followed by its sizes, so this costs nothing.</summary>
    /// <exception cref="AmqpFormatException">It is longer than what is there, or of no known type.</exception>
    public void SkipValue()
    {
        var code = ReadByte();
        if (code == FormatCode.Described)
        {
            Enter();
            SkipValue();
            SkipValue();
            _depth--;
            return;
        }

        // The upper half of a code says how wide the value is (part 1, 1.3).
        Take((code >> 4) switch
        {
            0x4 => 0,
            0x5 => 1,
            0x6 => 2,
            0x7 => 4,
            0x8 => 8,
            0x9 => 16,
            0xa or 0xc or 0xe => ReadByte(),
            0xb or 0xd or 0xf => Length32(),
            _ => throw Unknown(code),
        });
    }

    private object? ReadPayload(byte code)
    {
        Count();
        return code switch
        {
            FormatCode.Null => null,
            FormatCode.True => true,
            FormatCode.False => false,
            FormatCode.Boolean => ReadByte() switch
            {
                0 => false,
                1 => true,
                var other => throw AmqpFormatException.Decode($"A boolean is 0 or 1, not {other}."),
            },
            FormatCode.UByte => ReadByte(),
            FormatCode.Byte => (sbyte)ReadByte(),
            FormatCode.UShort => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            FormatCode.Short => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            FormatCode.UInt0 => 0u,
            FormatCode.SmallUInt => (uint)ReadByte(),
            FormatCode.UInt => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            FormatCode.SmallInt => (int)(sbyte)ReadByte(),
            FormatCode.Int => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            FormatCode.ULong0 => 0ul,
            FormatCode.SmallULong => (ulong)ReadByte(),
            FormatCode.ULong => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            FormatCode.SmallLong => (long)(sbyte)ReadByte(),
            FormatCode.Long => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            FormatCode.Float => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            FormatCode.Double => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            FormatCode.Decimal32 => DecimalFormat.Read(code, Take(4)),
            FormatCode.Decimal64 => DecimalFormat.Read(code, Take(8)),
            FormatCode.Decimal128 => DecimalFormat.Read(code, Take(16)),
            FormatCode.Char => ReadChar(),
            FormatCode.Timestamp => Timestamp.ToDateTime(BinaryPrimitives.ReadInt64BigEndian(Take(8))),
            FormatCode.Uuid => new Guid(Take(16), bigEndian: true),
            FormatCode.Binary8 => Take(ReadByte()).ToArray(),
            FormatCode.Binary32 => Take(Length32()).ToArray(),
            FormatCode.String8 => Text(Take(ReadByte())),
            FormatCode.String32 => Text(Take(Length32())),
            FormatCode.Symbol8 => Symbol(Take(ReadByte())),
            FormatCode.Symbol32 => Symbol(Take(Length32())),
            FormatCode.List0 => new AmqpList(),
            FormatCode.List8 => ReadList(ReadByte(), wide: false),
            FormatCode.List32 => ReadList(Length32(), wide: true),
            FormatCode.Map8 => ReadMap(ReadByte(), wide: false),
            FormatCode.Map32 => ReadMap(Length32(), wide: true),
            FormatCode.Array8 => ReadArray(ReadByte(), wide: false),
            FormatCode.Array32 => ReadArray(Length32(), wide: true),
            _ => throw Unknown(code),
        };
    }

    private AmqpList ReadList(int size, bool wide)
    {
        var (count, end) = BeginCompound(size, wide);
        var list = new AmqpList(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
        {
            list.Add(ReadValue());
        }

        EndCompound(end);
        return list;
    }

    private AmqpMap ReadMap(int size, bool wide)
    {
        var (count, end) = BeginCompound(size, wide);
        if (count % 2 != 0)
        {
            throw AmqpFormatException.Decode($"A map has a value for every key, and this one has {count} of both.");
        }

        var map = new AmqpMap();
        for (var i = 0; i < count; i += 2)
        {
            map.Add(ReadValue() ?? throw AmqpFormatException.Decode("A map's key is null."), ReadValue());
        }

        EndCompound(end);
        return map;
    }

    private AmqpArray ReadArray(int size, bool wide)
    {
        var (count, end) = BeginCompound(size, wide);
        object? descriptor = null;
        var code = ReadByte();
        if (code == FormatCode.Described)
        {
            descriptor = ReadValue();
            code = ReadByte();
            if (code == FormatCode.Described)
            {
                throw AmqpFormatException.Decode("The items of an array have two descriptors.");
            }
        }

        var items = new List<object?>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
        {
            items.Add(ReadPayload(code));
        }

        EndCompound(end);
        return new AmqpArray(FormatCode.Widest(code), items, descriptor);
    }

    private (int Count, int End) BeginCompound(int size, bool wide)
    {
        Enter();
        var end = Position + size;
        if (size < (wide ? 4 : 1) || end > _bytes.Length)
        {
            throw TooShort(size);
        }

        var count = wide ? BinaryPrimitives.ReadUInt32BigEndian(Take(4)) : ReadByte();
        return count <= (uint)(_limits.MaxValues - _values) ? ((int)count, end) : throw TooMany();
    }

    private void EndCompound(int end)
    {
        _depth--;
        if (Position != end)
        {
            throw AmqpFormatException.Decode($"A compound value says it ends at byte {end}, and its items do at {Position}.");
        }
    }

    private readonly string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw AmqpFormatException.Decode("A string is no UTF-8.");
        }
    }

    private static AmqpSymbol Symbol(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes)
        ? new AmqpSymbol(KnownSymbols.Text(bytes))
        : throw AmqpFormatException.Decode("A symbol is no ASCII.");

    private Rune ReadChar() => Rune.TryCreate(BinaryPrimitives.ReadUInt32BigEndian(Take(4)), out var character)
        ? character
        : throw AmqpFormatException.Decode("A char is no Unicode scalar value.");

    private int Length32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4)) is var length && length <= int.MaxValue
        ? (int)length
        : throw TooShort(length);

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - Position)
        {
            throw TooShort(length);
        }

        var taken = _bytes.Slice(Position, length);
        Position += length;
        return taken;
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw AmqpFormatException.Decode($"Values are nested deeper than {_limits.MaxDepth} levels.");
        }
    }

    private void Count()
    {
        if (++_values > _limits.MaxValues)
        {
            throw TooMany();
        }
    }

    private readonly AmqpFormatException TooMany() => AmqpFormatException.Decode($"There are more than {_limits.MaxValues} values.");

    private readonly AmqpFormatException TooShort(long length) =>
        AmqpFormatException.Decode($"A value needs {length} bytes from byte {Position} on, and there are {_bytes.Length - Position}.");

    private static AmqpFormatException Unknown(byte code) => AmqpFormatException.Decode($"There is no format code 0x{code:x2}.");
}
