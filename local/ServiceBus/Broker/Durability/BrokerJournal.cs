using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>
/// Keeps a broker in a journal. When the journal fails, the broker does nothing more: to receive is to lock, so there is nothing in it
/// that could go on without being kept. What was acknowledged is there after the next start.
/// </summary>
internal sealed class BrokerJournal : IAsyncDisposable
{
    private readonly DurableJournal _journal;
    private readonly Compactor _compactor;

    private BrokerJournal(DurableJournal journal, EntityCatalogue catalogue, ILogger logger)
    {
        _journal = journal;
        Catalogue = catalogue;
        _compactor = new Compactor(
            journal,
            CompactAsync,
            cause => logger.LogError(cause, "A snapshot of the Service Bus broker's state could not be written; its log goes on growing"));
    }

    /// <summary>What it keeps.</summary>
    public EntityCatalogue Catalogue { get; }

    /// <summary>Why nothing is done any more, if the journal has failed.</summary>
    public JournalFailedException? Failure => _journal.Failure;

    /// <summary>Opens the journal of a folder, with the entities that it has. They are not served yet.</summary>
    /// <exception cref="JournalUnreadableException">It is damaged, of another version, or another room's.</exception>
    public static async Task<BrokerJournal> OpenAsync(
        IJournalFolder folder, JournalOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var log = new JournalBrokerLog();
        var catalogue = new EntityCatalogue(log, clock);
        try
        {
            var journal = await DurableJournal.OpenAsync(folder, options, new BrokerReplay(catalogue).Take, cancellationToken);
            log.Begin(journal);
            Tell(journal.Recovery, folder.Path, logger);
            return new BrokerJournal(journal, catalogue, logger);
        }
        catch
        {
            catalogue.Dispose();
            throw;
        }
    }

    /// <summary>Writes all that the broker holds into a snapshot, in the place of the log so far.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using var snapshot = _journal.BeginSnapshot();
        new BrokerSnapshot(snapshot, cancellationToken).Write(Catalogue);
        await snapshot.CommitAsync(cancellationToken);
    }

    /// <summary>Puts on the disk what was done, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _compactor.DisposeAsync();
        await _journal.DisposeAsync();
    }

    private static void Tell(JournalRecovery recovery, string path, ILogger logger)
    {
        logger.LogInformation("The Service Bus broker's state in {Folder}: {Records} records in {Bytes} bytes", path, recovery.Records, recovery.Bytes);
        if (recovery.Cut is { } cut)
        {
            logger.LogWarning("{File} ended in a record that was never acknowledged: {Bytes} bytes from byte {Offset} on were cut off", cut.File, cut.Bytes, cut.Offset);
        }
    }
}
