using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Journal.Payloads;

/// <summary>
/// Writes a record's payload: numbers little-endian, texts in UTF-8 and bytes behind their length. It grows as needed; its memory goes
/// back to the pool when it is disposed of.
/// </summary>
public ref struct RecordWriter : IDisposable
{
    private const int NoText = -1;

    private byte[] _bytes;
    private int _length;

    /// <summary>Begins a payload.</summary>
    /// <param name="capacity">How many bytes it will have, about; above 0.</param>
    public RecordWriter(int capacity)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _length = 0;
    }

    /// <summary>What was written; valid until more is written.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>One byte.</summary>
    public void Write(byte value) => Take(sizeof(byte))[0] = value;

    /// <summary>Yes or no, in one byte.</summary>
    public void Write(bool value) => Write((byte)(value ? 1 : 0));

    /// <summary>Four bytes.</summary>
    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    /// <summary>Four bytes.</summary>
    public void Write(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    /// <summary>Eight bytes.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Eight bytes.</summary>
    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>A number, or that there is none.</summary>
    public void Write(int? value)
    {
        Write((byte)(value is null ? 0 : 1));
        if (value is { } number)
        {
            Write(number);
        }
    }

    /// <summary>A text behind its length.</summary>
    public void Write(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Write(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    /// <summary>A text, or that there is none.</summary>
    public void WriteOptional(string? text)
    {
        if (text is null)
        {
            Write(NoText);
        }
        else
        {
            Write(text);
        }
    }

    /// <summary>Bytes behind their number.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Room for bytes that the caller fills before anything else is written; no length is put before them.</summary>
    /// <param name="count">How many.</param>
    public Span<byte> Reserve(int count) => Take(count);

    /// <summary>Gives the memory back; nothing may be written afterwards.</summary>
    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, 2 * _bytes.Length));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}
