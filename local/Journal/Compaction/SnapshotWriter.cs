using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Format;
using EventFunctions.Local.Journal.Writing;

namespace EventFunctions.Local.Journal.Compaction;

/// <summary>
/// Writes the state out, as records that build it up again, while appends go on. Only <see cref="CommitAsync"/> makes it count; what
/// is disposed of before that leaves everything as it was. Used by one thread at a time.
/// </summary>
public sealed class SnapshotWriter : IAsyncDisposable
{
    private const int FrameBytes = 1024 * 1024;

    /// <summary>Now and then what was written is put on the disk, or the last sync would keep those of the log waiting.</summary>
    private const int SyncBytes = 16 * 1024 * 1024;

    private readonly IJournalFolder _folder;
    private readonly IJournalFile _file;
    private readonly FrameBuffer _frame = new(FrameBytes);
    private readonly Task<SegmentStart> _start;
    private readonly Func<SegmentStart, long, CancellationToken, Task> _publish;
    private readonly Action _ended;
    private long _length = FileHeader.Size;
    private long _synced;
    private long _sequence = 1;
    private bool _disposed;

    internal SnapshotWriter(IJournalFolder folder, Task<SegmentStart> start, Func<SegmentStart, long, CancellationToken, Task> publish, Action ended)
    {
        _folder = folder;
        _start = start;
        _publish = publish;
        _ended = ended;
        _file = folder.Open(FileNames.UnfinishedSnapshot);
        _file.Truncate(0);
        _file.Write(stackalloc byte[FileHeader.Size], 0);
    }

    /// <summary>Adds a record.</summary>
    /// <param name="kind">The caller's own.</param>
    /// <param name="payload">Up to <see cref="DurableJournal.MaxRecordBytes"/>; it is copied.</param>
    /// <exception cref="ArgumentException">The payload is too long.</exception>
    /// <exception cref="IOException">The disk is full or broken; the journal goes on without the snapshot.</exception>
    public void Write(byte kind, ReadOnlySpan<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        DurableJournal.ThrowIfTooLong(payload);
        if (!_frame.IsEmpty && _frame.Length + payload.Length > FrameBytes)
        {
            WriteFrame();
        }

        _frame.Add(kind, payload);
    }

    /// <summary>Puts the snapshot in the place of the log before it. Returns once it is on the disk and the log before it is deleted.</summary>
    /// <param name="cancellationToken">Gives up, as long as nothing has come of it.</param>
    /// <exception cref="JournalFailedException">The journal has failed meanwhile.</exception>
    /// <exception cref="IOException">The disk is full or broken; the journal goes on without the snapshot.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_frame.IsEmpty)
        {
            WriteFrame();
        }

        var start = await _start.WaitAsync(cancellationToken);
        WriteEnd(start);
        _file.Sync();

        // Not every system renames a file that is open.
        _file.Dispose();
        await _publish(start, _length, cancellationToken);
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _frame.Dispose();
            _file.Dispose();
            _ended();
        }

        return ValueTask.CompletedTask;
    }

    private void WriteFrame()
    {
        _file.Write(_frame.Seal(_sequence), _length);
        _length += _frame.Length;
        _sequence++;
        _frame.Clear();
        if (_length - _synced > SyncBytes)
        {
            _file.Sync();
            _synced = _length;
        }
    }

    private void WriteEnd(SegmentStart start)
    {
        Span<byte> end = stackalloc byte[FrameHeader.Size];
        FrameHeader.End(_sequence).Write(end);
        _file.Write(end, _length);
        _length += end.Length;

        // The first bytes come last: the segment that begins behind the snapshot is only now known.
        Span<byte> header = stackalloc byte[FileHeader.Size];
        new FileHeader(JournalFileKind.Snapshot, start.Segment, start.FirstSequence).Write(header);
        _file.Write(header, 0);
    }
}
