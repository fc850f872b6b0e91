using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;
using EventFunctions.Local.Journal.Reading;
using EventFunctions.Local.Journal.Writing;

namespace EventFunctions.Local.Journal;

/// <summary>
/// A log of opaque records in a folder. A record whose task has ended is there after any crash; one whose task has not may be there
/// or not, and if it is, so are all before it. A snapshot takes the place of the log before it, so that it does not grow for ever.
/// Safe for use by many threads at once.
/// </summary>
public sealed class DurableJournal : IAsyncDisposable
{
    /// <summary>The longest record, in bytes.</summary>
    public const int MaxRecordBytes = 256 * 1024 * 1024;

    private readonly IJournalFolder _folder;
    private readonly BatchQueue _queue;
    private readonly LogWriter _writer;
    private readonly CompactionTrigger _trigger;

    /// <summary>Held by who reads the files again or deletes some.</summary>
    private readonly SemaphoreSlim _files = new(1, 1);
    private int _snapshots;

    private DurableJournal(IJournalFolder folder, JournalOptions options, JournalRecovery recovery, SegmentFile segment, long nextSequence, long snapshotBytes)
    {
        _folder = folder;
        _queue = new BatchQueue();
        _trigger = new CompactionTrigger(options.Compaction, recovery.Bytes - snapshotBytes, snapshotBytes);
        _writer = new LogWriter(folder, _queue, _trigger, segment, nextSequence, options.SegmentBytes);
        Recovery = recovery;
    }

    /// <summary>What was found when it was opened.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>Why it takes no more records, if it has failed.</summary>
    public JournalFailedException? Failure => _queue.Failure;

    /// <summary>Ends when it takes no more records because it has failed.</summary>
    public Task Failed => _queue.Failed;

    /// <summary>Ends when the log is due for compaction; a new task from then until it is due again.</summary>
    public Task CompactionDue => _trigger.Due;

    /// <summary>Opens the journal of a folder, or begins one; hands over all records there are, the oldest first.</summary>
    /// <param name="folder">The folder, which it then owns; it is disposed of also where opening fails.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="replay">Gets the records, on one thread, before this ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the ratio is not above 0.</exception>
    /// <exception cref="JournalUnreadableException">A part of it is damaged or missing, or has another format.</exception>
    /// <exception cref="IOException">The disk can't be read or written.</exception>
    public static Task<DurableJournal> OpenAsync(IJournalFolder folder, JournalOptions options, RecordHandler replay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.SegmentBytes < 1 || options.Compaction.MinBytes < 1 || !(options.Compaction.Ratio > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, "The sizes and the ratio must be above 0.");
        }

        return Task.Run(
            () =>
            {
                try
                {
                    return Open(folder, options, replay, cancellationToken);
                }
                catch
                {
                    folder.Dispose();
                    throw;
                }
            },
            CancellationToken.None);
    }

    /// <summary>Appends a record, after all that were appended before.</summary>
    /// <param name="kind">The caller's own; it comes back with the record.</param>
    /// <param name="payload">Up to <see cref="MaxRecordBytes"/>; it is copied before this returns.</param>
    /// <returns>Ends once the record is on the disk; fails with a <see cref="JournalFailedException"/> if it may not be.</returns>
    /// <exception cref="ArgumentException">The payload is too long.</exception>
    /// <exception cref="JournalFailedException">The journal has failed before.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public Task AppendAsync(byte kind, ReadOnlySpan<byte> payload)
    {
        ThrowIfTooLong(payload);
        return _queue.Append(kind, payload);
    }

    /// <summary>Waits until all that was appended before is on the disk.</summary>
    /// <exception cref="JournalFailedException">The journal has failed.</exception>
    public Task FlushAsync() => _queue.WhenWritten();

    /// <summary>
    /// Begins a snapshot of the state as of now: it has to hold what was appended until this call, and what is appended later is
    /// replayed after it. So call this where nothing is appended meanwhile, and note the state in the same step. Where that can't be
    /// done, the state may be noted later, piece by piece, if replaying a record whose effect it has already does no harm.
    /// </summary>
    /// <exception cref="InvalidOperationException">A snapshot is being written.</exception>
    /// <exception cref="JournalFailedException">The journal has failed.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public SnapshotWriter BeginSnapshot()
    {
        if (Interlocked.CompareExchange(ref _snapshots, 1, 0) != 0)
        {
            throw new InvalidOperationException("A snapshot of this journal is being written already; it must be committed or disposed of first.");
        }

        try
        {
            return new SnapshotWriter(_folder, _queue.Rotate(), PublishAsync, () => Volatile.Write(ref _snapshots, 0));
        }
        catch
        {
            Volatile.Write(ref _snapshots, 0);
            throw;
        }
    }

    /// <summary>Says that a snapshot could not be written: the log is due again only when it has grown further.</summary>
    public void PostponeCompaction() => _trigger.Postpone();

    /// <summary>Hands over again all records that are on the disk, also after a failure; what was not acknowledged is not among them.</summary>
    /// <param name="replay">Gets the records, on one thread, before this ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The disk can't be read, or what it has is damaged.</exception>
    public async Task ReplayAsync(RecordHandler replay, CancellationToken cancellationToken)
    {
        await _files.WaitAsync(cancellationToken);
        try
        {
            var end = _writer.End;
            await Task.Run(() => JournalReader.Read(_folder, replay, end, cancellationToken), cancellationToken);
        }
        finally
        {
            _files.Release();
        }
    }

    /// <summary>Writes what was appended, and closes it. Who still writes a snapshot must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _writer.Ended;
        _folder.Dispose();
        _queue.Dispose();
        _files.Dispose();
    }

    /// <exception cref="ArgumentException">It is too long.</exception>
    internal static void ThrowIfTooLong(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxRecordBytes)
        {
            throw new ArgumentException($"The record has {payload.Length} bytes; the longest may have {MaxRecordBytes}.", nameof(payload));
        }
    }

    private static DurableJournal Open(IJournalFolder folder, JournalOptions options, RecordHandler replay, CancellationToken cancellationToken)
    {
        // What is seen may be names that are not on the disk yet, and what is deleted below would then be missed.
        folder.Sync();
        var contents = JournalReader.Read(folder, replay, until: null, cancellationToken);
        Obsolete.Delete(folder, contents.SnapshotNumber);
        var last = contents.Segments.Count == 0 ? null : contents.Segments[^1];
        var segment = last is null ? SegmentFile.Create(folder, 1, 1) : SegmentFile.Resume(folder, last);
        folder.Sync();
        var cut = last is { Torn: > 0 }
            ? new CutTail(Path.Combine(folder.Path, FileNames.Of(JournalFileKind.Segment, last.Number)), last.Length, last.Torn)
            : null;
        var recovery = new JournalRecovery(contents.Records, contents.Snapshot.Length + contents.Segments.Sum(s => s.Length), cut);
        return new DurableJournal(folder, options, recovery, segment, last?.NextSequence ?? 1, contents.Snapshot.Length);
    }

    private async Task PublishAsync(SegmentStart start, long length, CancellationToken cancellationToken)
    {
        // The state may have been noted later than the snapshot began: with effects of records that are not on the disk yet.
        await FlushAsync().WaitAsync(cancellationToken);
        await _files.WaitAsync(cancellationToken);
        try
        {
            // A file must be whole on the disk before it is renamed, and the folder be synced before anything relies on the name
            // (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014, section 4).
            _folder.Rename(FileNames.UnfinishedSnapshot, FileNames.Of(JournalFileKind.Snapshot, start.Segment));
            _folder.Sync();
            Obsolete.Delete(_folder, start.Segment);
            _trigger.Compacted(length, start.LogBytes);
        }
        finally
        {
            _files.Release();
        }
    }
}
