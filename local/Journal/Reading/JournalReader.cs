using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;
using EventFunctions.Local.Journal.Writing;

namespace EventFunctions.Local.Journal.Reading;

/// <summary>Reads a journal: its snapshot, then the segments from there on.</summary>
internal static class JournalReader
{
    /// <summary>Reads it; changes nothing.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="replay">Gets the records.</param>
    /// <param name="until">Where to stop, for one that is being written; <see langword="null"/> for its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnreadableException">It is damaged, or a part of it is missing.</exception>
    public static JournalContents Read(IJournalFolder folder, RecordHandler replay, LogEnd? until, CancellationToken cancellationToken)
    {
        var names = folder.List();
        var number = FileNames.Numbers(JournalFileKind.Snapshot, names) is [.., var newest] ? newest : 0;
        var snapshot = number == 0 ? new SnapshotContents(NextSequence: 1, Length: 0, Records: 0) : new SnapshotReader(folder, replay).Read(number, cancellationToken);
        var first = Math.Max(number, 1);
        long[] segments = [.. FileNames.Numbers(JournalFileKind.Segment, names).Where(n => n >= first && (until is null || n <= until.Segment))];
        ThrowIfMissing(folder, segments, first, mayBeEmpty: number == 0);

        var reader = new SegmentReader(folder, replay);
        var contents = new List<SegmentContents>();
        var sequence = snapshot.NextSequence;
        foreach (var segment in segments)
        {
            var length = until?.Segment == segment ? until.Length : (long?)null;
            contents.Add(reader.Read(segment, sequence, length, isLast: segment == segments[^1], cancellationToken));
            sequence = contents[^1].NextSequence;
        }

        return new JournalContents(number, snapshot, contents, snapshot.Records + reader.Records);
    }

    private static void ThrowIfMissing(IJournalFolder folder, long[] segments, long first, bool mayBeEmpty)
    {
        for (var i = 0; i < Math.Max(segments.Length, mayBeEmpty ? 0 : 1); i++)
        {
            if (i == segments.Length || segments[i] != first + i)
            {
                throw new JournalUnreadableException(
                    Path.Combine(folder.Path, FileNames.Of(JournalFileKind.Segment, first + i)), 0, "the file is missing, and others need it");
            }
        }
    }
}

/// <summary>What was found in a journal.</summary>
/// <param name="SnapshotNumber">The number of its snapshot; 0 for none.</param>
/// <param name="Snapshot">What was found in it.</param>
/// <param name="Segments">The segments behind the snapshot, in order; none in an empty folder.</param>
/// <param name="Records">How many records there are in all.</param>
internal sealed record JournalContents(long SnapshotNumber, SnapshotContents Snapshot, IReadOnlyList<SegmentContents> Segments, long Records);
