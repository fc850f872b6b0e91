using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Local.Host.Sandbox.Keeping;

/// <summary>
/// What the sandboxed partners remember: in memory, and where there is a folder also in a journal, so that a payment that was
/// answered is known after a kill of the process, and its idempotency key with it. One lock for all of it: these are no services under load.
/// </summary>
internal sealed class SandboxBooks : IAsyncDisposable
{
    private const int RowsPerRecord = 256;

    private readonly Lock _gate = new();
    private readonly List<ITable> _tables = [];
    private readonly KeptRows _kept;
    private readonly DurableJournal? _journal;
    private readonly Compactor? _compactor;

    private SandboxBooks(KeptRows kept, DurableJournal? journal, ILogger logger)
    {
        _kept = kept;
        _journal = journal;
        _compactor = journal is null ? null : new Compactor(
            journal,
            CompactAsync,
            cause => logger.LogError(cause, "A snapshot of the sandbox's books could not be written; their log goes on growing"));
    }

    /// <summary>Opens the books of a folder, or such as live as long as the process.</summary>
    /// <exception cref="IOException">The folder is in use or damaged, or the disk broken.</exception>
    public static async Task<SandboxBooks> OpenAsync(string? folder, ILogger logger, CancellationToken cancellationToken)
    {
        var kept = new KeptRows();
        if (folder is null)
        {
            return new SandboxBooks(kept, null, logger);
        }

        var journal = await DurableJournal.OpenAsync(DiskFolder.Open(folder), new JournalOptions(), kept.Take, cancellationToken);
        try
        {
            if (kept.IsEmpty)
            {
                await journal.AppendAsync(BookRecord.Header, BookRecord.Title);
            }

            return new SandboxBooks(kept, journal, logger);
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>A table, with the rows that were kept of it. Each is asked for once, before the first change.</summary>
    /// <param name="name">Its name, for good.</param>
    public Table<T> Table<T>(string name)
        where T : class
    {
        lock (_gate)
        {
            var table = new Table<T>(name, _kept.Claim(name));
            _tables.Add(table);
            return table;
        }
    }

    /// <summary>Reads what no change is halfway through.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Takes a step, and returns once what it put is safe.</summary>
    /// <param name="step">Runs alone.</param>
    /// <exception cref="JournalFailedException">The disk does not take it any more.</exception>
    public async Task<T> ChangeAsync<T>(Func<Change, T> step)
    {
        T result;
        var safe = Task.CompletedTask;
        lock (_gate)
        {
            var change = new Change();
            result = step(change);
            if (_journal is not null && change.Entries.Count > 0)
            {
                safe = _journal.AppendAsync(BookRecord.Rows, BookRecord.Write(change.Entries));
            }
        }

        await safe;
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_compactor is not null && _journal is not null)
        {
            await _compactor.DisposeAsync();
            await _journal.DisposeAsync();
        }
    }

    /// <summary>Writes every row into a snapshot, in the place of the changes so far.</summary>
    /// <exception cref="InvalidOperationException">The books are kept in memory only.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        var journal = _journal ?? throw new InvalidOperationException("These books have no folder to keep a snapshot in.");
        SnapshotWriter snapshot;
        List<BookEntry> rows;
        lock (_gate)
        {
            snapshot = journal.BeginSnapshot();
            rows = [.. _tables.SelectMany(t => t.Note())];
        }

        await using (snapshot)
        {
            snapshot.Write(BookRecord.Header, BookRecord.Title);
            foreach (var part in rows.Chunk(RowsPerRecord))
            {
                snapshot.Write(BookRecord.Rows, BookRecord.Write(part));
            }

            await snapshot.CommitAsync(cancellationToken);
        }
    }
}
