using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Reading;

/// <summary>Reads a snapshot. It got its name only when all of it was on the disk, so whatever is missing or wrong in it is damage.</summary>
internal sealed class SnapshotReader(IJournalFolder folder, RecordHandler replay)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="JournalUnreadableException">It is damaged.</exception>
    public SnapshotContents Read(long number, CancellationToken cancellationToken)
    {
        var name = FileNames.Of(JournalFileKind.Snapshot, number);
        var path = Path.Combine(folder.Path, name);
        using var file = folder.Open(name);
        var length = file.Length;
        var reader = new FrameReader(file, length);
        var header = FileHeader.TryRead(reader.Peek(FileHeader.Size), out var problem);
        if (header is not { Kind: JournalFileKind.Snapshot } || header.Number != number)
        {
            throw new JournalUnreadableException(path, 0, problem ?? $"the file says it is {header!.Kind} {header.Number}");
        }

        reader.Advance(FileHeader.Size);
        var records = 0L;
        for (var sequence = 1L; ; sequence++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var offset = reader.Offset;
            if (reader.Next(out var frame, out var bytes) != FrameResult.Frame || frame.Sequence != sequence)
            {
                throw new JournalUnreadableException(path, offset, "the snapshot is damaged");
            }

            if (frame.IsEnd)
            {
                return reader.Offset == length
                    ? new SnapshotContents(header.FirstSequence, length, records)
                    : throw new JournalUnreadableException(path, reader.Offset, "something stands behind the end of the snapshot");
            }

            records += RecordsOf(bytes, path, offset);
        }
    }

    private int RecordsOf(ReadOnlySpan<byte> records, string path, long offset)
    {
        try
        {
            return Records.Read(records, replay);
        }
        catch (InvalidDataException malformed)
        {
            throw new JournalUnreadableException(path, offset, malformed.Message.TrimEnd('.'));
        }
    }
}

/// <summary>What was found in a snapshot.</summary>
/// <param name="NextSequence">The sequence of the first frame that it does not cover.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Records">How many it holds.</param>
internal sealed record SnapshotContents(long NextSequence, long Length, long Records);
