using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>Reads the parts of a row one after another; a row that ends too early or isn't what it should be is a format error.</summary>
internal ref struct RowReader(ReadOnlySpan<byte> data)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = data;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>How many bytes are still to be read.</summary>
    public readonly int Left => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>The row's header: the format's version and the schema.</summary>
    public void ReadHeader(int schemaId)
    {
        var version = ReadByte();
        var schema = ReadInt32();
        if (version != RowFormat.Version || schema != schemaId)
        {
            throw new RowFormatException($"Expected a row of schema {schemaId}, found version 0x{version:x2} and schema {schema}.");
        }
    }

    public int ReadLength()
    {
        ulong value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var group = ReadByte();
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw new RowFormatException($"A length of {value} is too large.");
            }
        }

        throw new RowFormatException("A length has more than five groups.");
    }

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength());

    public string ReadText()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException broken)
        {
            throw new RowFormatException("A text is not valid UTF-8.", broken);
        }
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new RowFormatException($"The row ends {count - _rest.Length} bytes too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

/// <summary>A body that is not the HybridRow it should be.</summary>
internal sealed class RowFormatException : Exception
{
    public RowFormatException(string message)
        : base(message)
    {
    }

    public RowFormatException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
