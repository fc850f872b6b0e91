using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. The journal has checked it: what does not fit was written by something else.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public byte ReadByte() => Take(sizeof(byte))[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public int? ReadOptionalInt32() => ReadByte() == 0 ? null : ReadInt32();

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

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
