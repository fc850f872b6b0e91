using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;
using EventFunctions.Local.Journal.Reading;

namespace EventFunctions.Local.Journal.Writing;

/// <summary>The segment that is written to.</summary>
internal sealed class SegmentFile : IDisposable
{
    private readonly IJournalFile _file;

    private SegmentFile(IJournalFile file, long number, long firstSequence, long length)
    {
        _file = file;
        (Number, FirstSequence, Length) = (number, firstSequence, length);
    }

    public long Number { get; }

    /// <summary>The sequence of its first frame, written or still to come.</summary>
    public long FirstSequence { get; }

    /// <summary>In bytes; all of them are on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Makes a new one; its name and its header are on the disk before it takes anything.</summary>
    public static SegmentFile Create(IJournalFolder folder, long number, long firstSequence)
    {
        var file = folder.Open(FileNames.Of(JournalFileKind.Segment, number));
        try
        {
            // There is one by the name where making it was interrupted.
            file.Truncate(0);
            WriteHeader(file, number, firstSequence);
            file.Sync();
            folder.Sync();
            return new SegmentFile(file, number, firstSequence, FileHeader.Size);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Goes on with one that was read: what is torn at its end is cut off, and its last frame is written again. The frame may be one
    /// whose sync had failed: then it can be read from the system's memory and is not on the disk, and no later sync would put it
    /// there, unless it is written again. Older frames are safe: each was synced before the next was written.
    /// </summary>
    public static SegmentFile Resume(IJournalFolder folder, SegmentContents contents)
    {
        var file = folder.Open(FileNames.Of(JournalFileKind.Segment, contents.Number));
        try
        {
            if (file.Length > contents.Length)
            {
                file.Truncate(contents.Length);
            }

            WriteHeader(file, contents.Number, contents.FirstSequence);
            if (contents.LastFrame is { } offset)
            {
                var frame = new byte[contents.Length - offset];
                file.Read(frame, offset);
                file.Write(frame, offset);
            }

            file.Sync();
            return new SegmentFile(file, contents.Number, contents.FirstSequence, contents.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a frame, and returns once it is on the disk.</summary>
    public void Append(ReadOnlySpan<byte> frame)
    {
        _file.Write(frame, Length);
        _file.Sync();
        Length += frame.Length;
    }

    public void Dispose() => _file.Dispose();

    private static void WriteHeader(IJournalFile file, long number, long firstSequence)
    {
        Span<byte> header = stackalloc byte[FileHeader.Size];
        new FileHeader(JournalFileKind.Segment, number, firstSequence).Write(header);
        file.Write(header, 0);
    }
}
