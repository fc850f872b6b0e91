using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>Writes all that an account holds into a snapshot, one container after another, while changes go on.</summary>
internal static class AccountSnapshot
{
    public static void Write(SnapshotWriter snapshot, Account account, CancellationToken cancellationToken)
    {
        var note = account.Note();
        Write(snapshot, RecordKind.AccountNoted, note, static (ref writer, account) => writer.Write(account.LastDatabase));
        foreach (var database in note.Databases)
        {
            Write(snapshot, RecordKind.DatabaseNoted, database, static (ref writer, database) =>
            {
                writer.Write(database.Rid);
                writer.Write(database.Id);
                writer.Write(database.Timestamp);
                writer.Write(database.LastContainer);
            });
        }

        foreach (var container in note.Databases.SelectMany(d => d.Containers))
        {
            Write(snapshot, container.Note(), cancellationToken);
        }
    }

    private static void Write(SnapshotWriter snapshot, ContainerNote note, CancellationToken cancellationToken)
    {
        Write(snapshot, RecordKind.ContainerNoted, note, SnapshotContainer.WriteBeginning);
        for (var range = 0; range < note.Ranges.Count; range++)
        {
            foreach (var item in note.Ranges[range].Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(snapshot, RecordKind.ItemNoted, (range, item), static (ref writer, part) => SnapshotContainer.WriteItem(ref writer, part.range, part.item));
            }
        }

        snapshot.Write((byte)RecordKind.ContainerComplete, []);
    }

    private static void Write<T>(SnapshotWriter snapshot, RecordKind kind, T part, WritePart<T> write)
    {
        const int usual = 2048;
        var writer = new RecordWriter(usual);
        try
        {
            write(ref writer, part);
            snapshot.Write((byte)kind, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private delegate void WritePart<in T>(ref RecordWriter writer, T part);
}
