using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>
/// Keeps an account in a journal. When the journal fails, the account is what was acknowledged, and stays it: changes that were made but
/// not safe are taken back, reading goes on, writing is refused.
/// </summary>
internal sealed class StoreJournal : IAsyncDisposable
{
    private readonly DurableJournal _journal;
    private readonly Compactor _compactor;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private StoreJournal(DurableJournal journal, Account account, TimeProvider clock, ILogger logger)
    {
        _journal = journal;
        Account = account;
        _compactor = new Compactor(
            journal,
            CompactAsync,
            cause => logger.LogError(cause, "A snapshot of the Cosmos DB endpoint's state could not be written; its log goes on growing"));
        _watching = TakeBackOnFailureAsync(clock, logger);
    }

    /// <summary>What it keeps.</summary>
    public Account Account { get; }

    /// <summary>Opens the journal of a folder, with the account that it has.</summary>
    /// <exception cref="JournalUnreadableException">It is damaged, of another version, or another room's.</exception>
    public static async Task<StoreJournal> OpenAsync(
        IJournalFolder folder, JournalOptions options, int rangesPerContainer, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var replay = new AccountReplay();
        var journal = await DurableJournal.OpenAsync(folder, options, replay.Take, cancellationToken);
        try
        {
            Tell(journal.Recovery, folder.Path, logger);
            var log = new JournalLog(journal);
            return new StoreJournal(journal, new Account(rangesPerContainer, replay.Build(log, clock), log, clock), clock, logger);
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes all that the account holds into a snapshot, in the place of the log so far.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using var snapshot = _journal.BeginSnapshot();
        AccountSnapshot.Write(snapshot, Account, cancellationToken);
        await snapshot.CommitAsync(cancellationToken);
    }

    /// <summary>Puts on the disk what was appended, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _compactor.DisposeAsync();
        await _stop.CancelAsync();
        await _watching;
        await _journal.DisposeAsync();
        _stop.Dispose();
    }

    private static void Tell(JournalRecovery recovery, string path, ILogger logger)
    {
        logger.LogInformation("The Cosmos DB endpoint's state in {Folder}: {Records} records in {Bytes} bytes", path, recovery.Records, recovery.Bytes);
        if (recovery.Cut is { } cut)
        {
            logger.LogWarning("{File} ended in a record that was never acknowledged: {Bytes} bytes from byte {Offset} on were cut off", cut.File, cut.Bytes, cut.Offset);
        }
    }

    private async Task TakeBackOnFailureAsync(TimeProvider clock, ILogger logger)
    {
        try
        {
            await _journal.Failed.WaitAsync(_stop.Token);
            logger.LogError(_journal.Failure, "The Cosmos DB endpoint takes no more writes; reading goes on");
            var replay = new AccountReplay();
            await _journal.ReplayAsync(replay.Take, _stop.Token);
            var log = new JournalLog(_journal);
            Account.Become(replay.Build(log, clock), log);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It ends without having failed.
        }
        catch (IOException unreadable)
        {
            // The account stays as it is: whoever reads is told of the failure, as its last change is not safe.
            logger.LogError(unreadable, "What the Cosmos DB endpoint had acknowledged can't be read again; it answers nothing more");
        }
    }
}
