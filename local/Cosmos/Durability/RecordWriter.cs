using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>Writes a record's payload: numbers little-endian, texts in UTF-8 and bytes behind their length.</summary>
internal ref struct RecordWriter : IDisposable
{
    private byte[] _bytes;
    private int _length;

    public RecordWriter(int capacity)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _length = 0;
    }

    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Write(byte value) => Take(sizeof(byte))[0] = value;

    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void Write(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

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

    public void Write(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Write(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

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
