using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Reading;

/// <summary>What <see cref="FrameReader.Next"/> found.</summary>
internal enum FrameResult
{
    /// <summary>A sound frame.</summary>
    Frame,

    /// <summary>The end of what was to be read.</summary>
    End,

    /// <summary>Bytes that are no frame, or no whole one.</summary>
    Broken,
}

/// <summary>Reads a file's frames one after another, a large piece of the file at a time.</summary>
/// <param name="file">The file.</param>
/// <param name="end">Where to stop, in bytes from its beginning.</param>
internal sealed class FrameReader(IJournalFile file, long end)
{
    private byte[] _window = new byte[(int)Math.Clamp(end, FileHeader.Size, 1024 * 1024)];
    private int _start, _filled;

    /// <summary>Where the next frame begins, in bytes from the beginning of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Looks at what comes next without going on.</summary>
    /// <returns>As many bytes as asked for, or as there are left.</returns>
    public ReadOnlySpan<byte> Peek(int count)
    {
        count = (int)Math.Min(count, end - Offset);
        if (count > _filled - _start)
        {
            Fill(count);
        }

        return _window.AsSpan(_start, Math.Min(count, _filled - _start));
    }

    /// <summary>Goes on by so many bytes that were looked at.</summary>
    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Reads the next frame and goes on behind it; stays before one that is broken.</summary>
    /// <param name="header">Its header, if it is sound.</param>
    /// <param name="records">Its records, until the next call.</param>
    public FrameResult Next(out FrameHeader header, out ReadOnlySpan<byte> records)
    {
        header = default;
        records = default;
        var bytes = Peek(FrameHeader.Size);
        if (bytes.IsEmpty)
        {
            return FrameResult.End;
        }

        if (FrameHeader.TryRead(bytes) is not { } found || found.Length > end - Offset - FrameHeader.Size)
        {
            return FrameResult.Broken;
        }

        var whole = Peek(FrameHeader.Size + found.Length);
        if (whole.Length < FrameHeader.Size + found.Length || Crc32C.Of(whole[FrameHeader.Size..]) != found.Checksum)
        {
            return FrameResult.Broken;
        }

        header = found;
        records = whole[FrameHeader.Size..];
        Advance(whole.Length);
        return FrameResult.Frame;
    }

    private void Fill(int count)
    {
        var left = _window.AsSpan(_start, _filled - _start);
        var window = count > _window.Length ? new byte[count] : _window;
        left.CopyTo(window);
        (_window, _start, _filled) = (window, 0, left.Length);
        var room = (int)Math.Min(_window.Length - _filled, end - Offset - _filled);
        _filled += file.Read(_window.AsSpan(_filled, room), Offset + _filled);
    }
}
