using System.Buffers;
using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Writing;

/// <summary>Records on their way into a frame, with room for its header before them, so that a frame is one write.</summary>
internal sealed class FrameBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Of header and records, in bytes.</summary>
    public int Length { get; private set; } = FrameHeader.Size;

    public bool IsEmpty => Length == FrameHeader.Size;

    /// <summary>Adds a record.</summary>
    public void Add(byte kind, ReadOnlySpan<byte> payload)
    {
        var needed = Length + Records.Overhead + payload.Length;
        if (needed > _bytes.Length)
        {
            Grow(needed);
        }

        Records.Write(_bytes.AsSpan(Length), kind, payload);
        Length = needed;
    }

    /// <summary>Writes the header, and gives the frame.</summary>
    public ReadOnlySpan<byte> Seal(long sequence)
    {
        var frame = _bytes.AsSpan(0, Length);
        FrameHeader.Of(frame[FrameHeader.Size..], sequence).Write(frame);
        return frame;
    }

    /// <summary>Begins anew, without records.</summary>
    public void Clear() => Length = FrameHeader.Size;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
