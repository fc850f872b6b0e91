using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Reading;

/// <summary>Reads a segment, and tells an end that a crash has torn from damage.</summary>
internal sealed class SegmentReader(IJournalFolder folder, RecordHandler replay)
{
    private int _records;

    /// <summary>How many records were handed over.</summary>
    public long Records => _records;

    /// <summary>Reads it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="sequence">The sequence of the frame that it must begin with.</param>
    /// <param name="until">Where to stop, in bytes; <see langword="null"/> for its end.</param>
    /// <param name="isLast">Whether it is the last one: only there a crash can have torn the end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnreadableException">It is damaged.</exception>
    public SegmentContents Read(long number, long sequence, long? until, bool isLast, CancellationToken cancellationToken)
    {
        var name = FileNames.Of(JournalFileKind.Segment, number);
        var path = Path.Combine(folder.Path, name);
        using var file = folder.Open(name);
        var length = until ?? file.Length;
        var reader = new FrameReader(file, length);
        if (!ReadHeader(reader, number, sequence, path, mayBeTorn: isLast && length <= FileHeader.Size))
        {
            return new SegmentContents(number, sequence, sequence, FileHeader.Size, LastFrame: null, length);
        }

        var (next, last) = (sequence, (long?)null);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var offset = reader.Offset;
            switch (reader.Next(out var header, out var records))
            {
                case FrameResult.End:
                    return new SegmentContents(number, sequence, next, offset, last, Torn: 0);
                case FrameResult.Broken when isLast && until is null && !HasLaterFrame(file, offset, length, next):
                    return new SegmentContents(number, sequence, next, offset, last, length - offset);
                case FrameResult.Broken:
                    throw new JournalUnreadableException(path, offset, "records that were safely written are damaged");
                default:
                    Check(header, next, path, offset);
                    _records += RecordsOf(records, path, offset);
                    (next, last) = (next + 1, offset);
                    break;
            }
        }
    }

    private static bool ReadHeader(FrameReader reader, long number, long sequence, string path, bool mayBeTorn)
    {
        var header = FileHeader.TryRead(reader.Peek(FileHeader.Size), out var problem);
        if (header is null)
        {
            // A version that is not known is no accident.
            return mayBeTorn && !FileHeader.IsOfOtherVersion(reader.Peek(FileHeader.Size)) ? false : throw new JournalUnreadableException(path, 0, problem!);
        }

        if (header != new FileHeader(JournalFileKind.Segment, number, sequence))
        {
            throw new JournalUnreadableException(
                path, 0, $"the file says it is {header.Kind} {header.Number} from frame {header.FirstSequence} on, where segment {number} from frame {sequence} on has to be");
        }

        reader.Advance(FileHeader.Size);
        return true;
    }

    private static void Check(FrameHeader header, long sequence, string path, long offset)
    {
        if (header.IsEnd || header.Sequence != sequence)
        {
            throw new JournalUnreadableException(path, offset, $"frame {header.Sequence} stands where frame {sequence} has to be");
        }
    }

    private int RecordsOf(ReadOnlySpan<byte> records, string path, long offset)
    {
        try
        {
            return Format.Records.Read(records, replay);
        }
        catch (InvalidDataException malformed)
        {
            throw new JournalUnreadableException(path, offset, malformed.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Whether there is a sound frame behind a broken one. It was written after the broken one was safe, so a crash is not what broke it.
    /// </summary>
    private static bool HasLaterFrame(IJournalFile file, long offset, long end, long sequence)
    {
        var rest = new byte[end - offset];
        file.Read(rest, offset);
        for (var at = 1; rest.AsSpan(at).IndexOf(FrameHeader.Magic) is var next and >= 0; at++)
        {
            at += next;
            if (FrameHeader.TryRead(rest.AsSpan(at)) is { } header
                && header.Sequence >= sequence
                && header.Length <= rest.Length - at - FrameHeader.Size
                && Crc32C.Of(rest.AsSpan(at + FrameHeader.Size, header.Length)) == header.Checksum)
            {
                return true;
            }
        }

        return false;
    }
}
