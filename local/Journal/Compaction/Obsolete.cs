using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;

namespace EventFunctions.Local.Journal.Compaction;

/// <summary>Deletes the files that a snapshot has made worthless, and what an interrupted one left behind.</summary>
internal static class Obsolete
{
    /// <param name="folder">Where they are.</param>
    /// <param name="snapshot">The number of the snapshot, which must be safe; 0 for none.</param>
    public static void Delete(IJournalFolder folder, long snapshot)
    {
        var names = folder.List();
        foreach (var kind in new[] { JournalFileKind.Snapshot, JournalFileKind.Segment })
        {
            foreach (var number in FileNames.Numbers(kind, names).Where(n => n < snapshot))
            {
                folder.Delete(FileNames.Of(kind, number));
            }
        }

        if (names.Contains(FileNames.UnfinishedSnapshot))
        {
            folder.Delete(FileNames.UnfinishedSnapshot);
        }
    }
}
