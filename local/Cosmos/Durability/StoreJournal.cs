using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>
/// Keeps an account in a journal. When the journal fails, the account is what was acknowledged: changes that were made but not safe are
/// taken back, reading goes on, writing is refused. Then the journal is opened again every now and then, until the disk takes it: a full
/// one may have room again.
/// </summary>
internal sealed class StoreJournal : IAsyncDisposable
{
    /// <summary>How long to wait before a journal that has failed is opened again.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Func<IJournalFolder> _open;
    private readonly JournalOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private DurableJournal _journal;
    private Compactor _compactor;
    private bool _isClosed;

    private StoreJournal(Func<IJournalFolder> open, JournalOptions options, DurableJournal journal, Account account, TimeProvider clock, ILogger logger)
    {
        (_open, _options, _clock, _logger, _journal) = (open, options, clock, logger, journal);
        Account = account;
        _compactor = Compact(journal);
        _watching = WatchAsync();
    }

    /// <summary>What it keeps.</summary>
    public Account Account { get; }

    /// <summary>Opens the journal of a folder, with the account that it has.</summary>
    /// <param name="open">Opens the folder; again after a failure.</param>
    /// <param name="options">How the journal is kept.</param>
    /// <param name="rangesPerContainer">How many key ranges a new container gets.</param>
    /// <param name="clock">What timestamps and time to live go by.</param>
    /// <param name="logger">Told what was found, and of failures.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnreadableException">It is damaged, of another version, or another room's.</exception>
    public static async Task<StoreJournal> OpenAsync(
        Func<IJournalFolder> open, JournalOptions options, int rangesPerContainer, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var replay = new AccountReplay();
        var folder = open();
        var journal = await DurableJournal.OpenAsync(folder, options, replay.Take, cancellationToken);
        try
        {
            Tell(journal.Recovery, folder.Path, logger);
            var log = new JournalLog(journal);
            return new StoreJournal(open, options, journal, new Account(rangesPerContainer, replay.Build(log, clock), log, clock), clock, logger);
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes all that the account holds into a snapshot, in the place of the log so far.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) => CompactAsync(_journal, cancellationToken);

    /// <summary>Puts on the disk what was appended, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await CloseAsync();
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

    private Compactor Compact(DurableJournal journal) => new(
        journal,
        token => CompactAsync(journal, token),
        cause => _logger.LogError(cause, "A snapshot of the Cosmos DB endpoint's state could not be written; its log goes on growing"));

    private async Task CompactAsync(DurableJournal journal, CancellationToken cancellationToken)
    {
        await using var snapshot = journal.BeginSnapshot();
        AccountSnapshot.Write(snapshot, Account, cancellationToken);
        await snapshot.CommitAsync(cancellationToken);
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _journal.Failed.WaitAsync(_stop.Token);
                _logger.LogError(_journal.Failure, "The Cosmos DB endpoint takes no more writes; reading goes on");
                await TakeBackAsync();
                await CloseAsync();
                await ReopenAsync();
                _logger.LogWarning("The Cosmos DB endpoint takes writes again");
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It ends.
        }
        catch (JournalUnreadableException damaged)
        {
            _logger.LogError(damaged, "The Cosmos DB endpoint's journal can't be opened again; it takes no more writes until it is started anew");
        }
    }

    private async Task TakeBackAsync()
    {
        try
        {
            var replay = new AccountReplay();
            await _journal.ReplayAsync(replay.Take, _stop.Token);
            var log = new JournalLog(_journal);
            Account.Become(replay.Build(log, _clock), log);
        }
        catch (IOException unreadable)
        {
            // The account stays as it is: whoever reads is told of the failure, as its last change is not safe.
            _logger.LogError(unreadable, "What the Cosmos DB endpoint had acknowledged can't be read again; it answers nothing more");
        }
    }

    private async Task ReopenAsync()
    {
        while (true)
        {
            await Task.Delay(RetryInterval, _clock, _stop.Token);
            try
            {
                var replay = new AccountReplay();
                var journal = await DurableJournal.OpenAsync(_open(), _options, replay.Take, _stop.Token);
                (_journal, _isClosed) = (journal, false);
                var log = new JournalLog(journal);
                Account.Become(replay.Build(log, _clock), log);
                _compactor = Compact(journal);
                return;
            }
            catch (Exception still) when (still is UnauthorizedAccessException || (still is IOException && still is not JournalUnreadableException))
            {
                _logger.LogDebug(still, "The Cosmos DB endpoint's journal can't be opened again yet");
            }
        }
    }

    private async Task CloseAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            await _compactor.DisposeAsync();
            await _journal.DisposeAsync();
        }
    }
}
