namespace EventFunctions.Local.Journal.Writing;

/// <summary>
/// Between those who append and the one thread that writes: while it waits for the disk, what is appended gathers in the next batch.
/// So the number of syncs follows from the disk, not from the number of appends (DeWitt et al., "Implementation Techniques for Main
/// Memory Database Systems", SIGMOD 1984, section 5.2: group commit).
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    /// <summary>Where a batch is full and the next begins. One record may be larger; it then has a batch of its own size.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Batch> _waiting = new();
    private readonly SemaphoreSlim _count = new(0);
    private Batch? _open;
    private Task _last = Task.CompletedTask;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalFailedException? _failure;
    private bool _closed;

    /// <summary>Why nothing is taken any more, if that is so.</summary>
    public JournalFailedException? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>Ends when nothing is taken any more because the disk has failed.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Adds a record to the batch that is open.</summary>
    public Task Append(byte kind, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            if (_open is null || (!_open.Frame.IsEmpty && _open.Frame.Length + payload.Length > MostBytes))
            {
                Begin(rotation: null);
            }

            _open!.Frame.Add(kind, payload);
            return _last;
        }
    }

    /// <summary>Has a new segment begin with what is appended from now on.</summary>
    public Task<SegmentStart> Rotate()
    {
        lock (_gate)
        {
            ThrowIfEnded();
            var rotation = new TaskCompletionSource<SegmentStart>(TaskCreationOptions.RunContinuationsAsynchronously);
            Begin(rotation);
            return rotation.Task;
        }
    }

    /// <summary>Ends when all that was appended before is on the disk.</summary>
    public Task WhenWritten()
    {
        lock (_gate)
        {
            return _failure is null ? _last : Task.FromException(_failure);
        }
    }

    /// <summary>Waits for a batch, and takes it: to it nothing is added any more.</summary>
    /// <returns><see langword="null"/> once there will be none.</returns>
    public Batch? Take()
    {
        _count.Wait();
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var batch))
            {
                (batch, _open) = (_open, null);
            }

            return batch;
        }
    }

    /// <summary>Takes no more; what was taken is still to be written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _count.Release();
            }
        }
    }

    /// <summary>Takes no more, and fails what was taken.</summary>
    public void Fail(JournalFailedException cause)
    {
        lock (_gate)
        {
            _failure = cause;
            if (_open is not null)
            {
                _waiting.Enqueue(_open);
                _open = null;
            }

            while (_waiting.TryDequeue(out var batch))
            {
                batch.Fail(cause);
                batch.Dispose();
            }
        }

        _failed.SetResult();
    }

    public void Dispose() => _count.Dispose();

    private void Begin(TaskCompletionSource<SegmentStart>? rotation)
    {
        if (_open is not null)
        {
            _waiting.Enqueue(_open);
        }

        _open = new Batch(rotation);
        _last = _open.Done;
        _count.Release();
    }

    private void ThrowIfEnded()
    {
        if (_failure is not null)
        {
            // One of its own: an exception that is thrown many times gathers the traces of all.
            throw new JournalFailedException(_failure.Folder, _failure.InnerException!);
        }

        ObjectDisposedException.ThrowIf(_closed, typeof(DurableJournal));
    }
}
