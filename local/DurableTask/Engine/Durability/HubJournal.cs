using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>Keeps a hub in a journal: reads it, takes its changes, and writes it out whole when the log has grown.</summary>
internal sealed class HubJournal : IAsyncDisposable
{
    private readonly DurableJournal _journal;
    private Compactor? _compactor;

    private HubJournal(DurableJournal journal, HubTables tables)
    {
        _journal = journal;
        Tables = tables;
        Log = new JournalHubLog(journal);
    }

    /// <summary>The instances as they were found.</summary>
    public HubTables Tables { get; }

    /// <summary>Where the hub's changes go.</summary>
    public IHubLog Log { get; }

    /// <summary>What was found when it was opened.</summary>
    public JournalRecovery Recovery => _journal.Recovery;

    /// <summary>Opens the journal of a folder, and tells what was found.</summary>
    /// <exception cref="JournalUnreadableException">It is damaged, of another version, or another room's.</exception>
    public static async Task<HubJournal> OpenAsync(
        IJournalFolder folder, JournalOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var replay = new HubReplay();
        var journal = await DurableJournal.OpenAsync(folder, options, replay.Take, cancellationToken);
        var recovery = journal.Recovery;
        logger.LogInformation(
            "The durable engine's state in {Folder}: {Instances} instances, {Records} records in {Bytes} bytes",
            folder.Path,
            replay.Tables.All.Count,
            recovery.Records,
            recovery.Bytes);
        if (recovery.Cut is { } cut)
        {
            logger.LogWarning(
                "{File} ended in a record that was never acknowledged: {Bytes} bytes from byte {Offset} on were cut off", cut.File, cut.Bytes, cut.Offset);
        }

        return new HubJournal(journal, replay.Tables);
    }

    /// <summary>Begins to watch the log grow.</summary>
    public void StartCompacting(TaskHub hub, ILogger logger) => _compactor = new Compactor(
        _journal,
        cancellationToken => CompactAsync(hub, cancellationToken),
        cause => logger.LogError(cause, "A snapshot of the durable engine's state could not be written; its log goes on growing"));

    /// <summary>Writes all instances into a snapshot, in the place of the log so far.</summary>
    public async Task CompactAsync(TaskHub hub, CancellationToken cancellationToken)
    {
        var (snapshot, instances) = hub.Note(_journal.BeginSnapshot);
        await using (snapshot)
        {
            foreach (var instance in instances)
            {
                cancellationToken.ThrowIfCancellationRequested();
                InstanceNoteCodec.WriteTo(snapshot, instance);
            }

            await snapshot.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Puts on the disk what was appended, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_compactor is not null)
        {
            await _compactor.DisposeAsync();
        }

        await _journal.DisposeAsync();
    }
}
