namespace EventFunctions.Local.Journal.Compaction;

/// <summary>Watches the log grow, and says when it is due for compaction.</summary>
/// <param name="policy">When that is.</param>
/// <param name="logBytes">The size of the log as it was opened.</param>
/// <param name="snapshotBytes">The size of its snapshot.</param>
internal sealed class CompactionTrigger(CompactionPolicy policy, long logBytes, long snapshotBytes)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _logBytes = logBytes;
    private long _dueAt = policy.DueAt(snapshotBytes);
    private long _written;

    /// <summary>How many bytes were written to the log since it was opened.</summary>
    public long Written
    {
        get
        {
            lock (_gate)
            {
                return _written;
            }
        }
    }

    /// <summary>Ends when it is due.</summary>
    public Task Due
    {
        get
        {
            lock (_gate)
            {
                TellIfDue();
                return _due.Task;
            }
        }
    }

    /// <summary>The log has grown.</summary>
    public void Wrote(int bytes)
    {
        lock (_gate)
        {
            _written += bytes;
            _logBytes += bytes;
            TellIfDue();
        }
    }

    /// <summary>There is a new snapshot.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="writtenBefore">What <see cref="Written"/> was where it begins.</param>
    public void Compacted(long bytes, long writtenBefore)
    {
        lock (_gate)
        {
            Reset(_written - writtenBefore, policy.DueAt(bytes));
        }
    }

    /// <summary>Compaction did not succeed, and is worth another try only when the log has grown further.</summary>
    public void Postpone()
    {
        lock (_gate)
        {
            Reset(_logBytes, _logBytes + policy.MinBytes);
        }
    }

    private void Reset(long bytes, long dueAt)
    {
        (_logBytes, _dueAt) = (bytes, dueAt);
        if (_due.Task.IsCompleted)
        {
            _due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        TellIfDue();
    }

    private void TellIfDue()
    {
        if (_logBytes >= _dueAt)
        {
            _due.TrySetResult();
        }
    }
}
