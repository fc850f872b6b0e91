namespace EventFunctions.EventSourcing;

/// <summary>Writes the lines of a chunk and keeps count of them. Not safe for concurrent use.</summary>
internal sealed class ChunkWriter(ExportHeader header)
{
    /// <summary>The most lines in a chunk, header and footer aside.</summary>
    public const int MaxLines = 1000;

    /// <summary>A chunk that has this many bytes takes no more lines; the last line may exceed it by its own length.</summary>
    public const int MaxBytes = 1024 * 1024;

    private string _check = header.After;
    private int _lines;
    private long _bytes;
    private int _streams;
    private int _events;

    /// <summary>Whether the chunk takes no more lines.</summary>
    public bool IsFull => _lines >= MaxLines || _bytes >= MaxBytes;

    /// <summary>The first line.</summary>
    public byte[] Header() => Write(new ExportContent(Header: header));

    /// <summary>A line between.</summary>
    public byte[] Line(ExportContent content)
    {
        _lines++;
        _events += content.Event is null ? 0 : 1;
        _streams += content.Head is null ? 0 : 1;
        return Write(content);
    }

    /// <summary>The last line of the last chunk.</summary>
    public byte[] LastFooter() => Write(new ExportContent(Footer: new ExportFooter(_streams, _events, null)));

    /// <summary>The last line of a chunk before others.</summary>
    /// <param name="page">The directory's page that the next chunk begins on.</param>
    /// <param name="stream">The stream it begins with.</param>
    /// <param name="next">The version it begins at.</param>
    /// <param name="isOnly">Whether no other stream is asked for.</param>
    public byte[] Footer(string? page, StreamName stream, long next, bool isOnly)
    {
        // The chain goes on from the line before the footer: the footer cannot hold its own checksum.
        var cursor = new ExportCursor(header.Chunk + 1, _check, page, stream.Value, next, isOnly);
        return Write(new ExportContent(Footer: new ExportFooter(_streams, _events, cursor.ToText())));
    }

    private byte[] Write(ExportContent content)
    {
        var (line, check) = ExportLine.Write(_check, content);
        _check = check;
        _bytes += line.Length;
        return line;
    }
}
