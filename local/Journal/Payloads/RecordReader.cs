using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Journal.Payloads;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. The journal has checked it: what does not fit was written by something else.</summary>
/// <param name="payload">The record's payload.</param>
public ref struct RecordReader(ReadOnlySpan<byte> payload)
{
    private const int NoText = -1;

    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>One byte.</summary>
    /// <exception cref="InvalidDataException">The record ends before; so do all below.</exception>
    public byte ReadByte() => Take(sizeof(byte))[0];

    /// <summary>Yes or no.</summary>
    public bool ReadBoolean() => ReadByte() != 0;

    /// <summary>Four bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Four bytes.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>Eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Eight bytes.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>A number, or <see langword="null"/>.</summary>
    public int? ReadOptionalInt32() => ReadByte() == 0 ? null : ReadInt32();

    /// <summary>A text.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>A text, or <see langword="null"/>.</summary>
    public string? ReadOptionalText()
    {
        var count = ReadInt32();
        return count == NoText ? null : Encoding.UTF8.GetString(Take(count));
    }

    /// <summary>How many parts follow, each of which takes a byte at least: a number no record can hold is refused before memory is taken for it.</summary>
    public int ReadCount()
    {
        var count = ReadInt32();
        return count >= 0 && count <= _rest.Length
            ? count
            : throw new InvalidDataException($"The record names {count} parts, but only {_rest.Length} bytes follow.");
    }

    /// <summary>Bytes, as long as the record is in memory.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

    /// <summary>Makes sure that nothing is left.</summary>
    /// <exception cref="InvalidDataException">Something is left.</exception>
    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw new InvalidDataException($"The record goes on for {_rest.Length} bytes behind its end.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new InvalidDataException($"The record ends {_rest.Length} bytes on, where {count} are to come.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
