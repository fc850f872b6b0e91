using System.Globalization;

namespace EventFunctions.Local.Journal.Format;

/// <summary>What a journal's files are called: the number, and what it is; in the order of their names segments are in their order.</summary>
internal static class FileNames
{
    /// <summary>A snapshot that is not complete yet. Left behind by a crash, it is worth nothing.</summary>
    public const string UnfinishedSnapshot = "snapshot.tmp";

    private const string SegmentEnd = ".segment", SnapshotEnd = ".snapshot";

    /// <summary>The name of a file.</summary>
    public static string Of(JournalFileKind kind, long number) => number.ToString("D12", CultureInfo.InvariantCulture) + EndOf(kind);

    /// <summary>The numbers of the files of one kind, rising; other files are none of the journal's.</summary>
    public static IReadOnlyList<long> Numbers(JournalFileKind kind, IEnumerable<string> names) =>
    [
        .. names.Where(n => n.EndsWith(EndOf(kind), StringComparison.Ordinal))
            .Select(n => long.TryParse(n[..^EndOf(kind).Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && n == Of(kind, number) ? number : 0)
            .Where(n => n > 0)
            .Order(),
    ];

    private static string EndOf(JournalFileKind kind) => kind == JournalFileKind.Segment ? SegmentEnd : SnapshotEnd;
}
