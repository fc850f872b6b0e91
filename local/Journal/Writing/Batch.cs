namespace EventFunctions.Local.Journal.Writing;

/// <summary>Records that are written and synced together; all who appended one wait for the same task.</summary>
/// <param name="rotation">Told of the new segment that begins with this batch; <see langword="null"/> where none need begin.</param>
internal sealed class Batch(TaskCompletionSource<SegmentStart>? rotation) : IDisposable
{
    private const int UsualBytes = 64 * 1024;

    // Elsewhere, or the writer's thread would do the work of all who waited before it writes again.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FrameBuffer Frame { get; } = new(UsualBytes);

    public TaskCompletionSource<SegmentStart>? Rotation => rotation;

    /// <summary>Ends once the records are on the disk, or can't be put there.</summary>
    public Task Done => _done.Task;

    public void Succeed() => _done.SetResult();

    public void Fail(Exception cause)
    {
        _done.SetException(cause);
        rotation?.TrySetException(cause);

        // Whoever appended without waiting has nobody to tell, and that is no fault of its own.
        _ = _done.Task.Exception;
        _ = rotation?.Task.Exception;
    }

    public void Dispose() => Frame.Dispose();
}

/// <summary>Where a segment begins.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="FirstSequence">The sequence of its first frame.</param>
/// <param name="LogBytes">How many bytes were written to the log before it, since the journal was opened.</param>
internal sealed record SegmentStart(long Segment, long FirstSequence, long LogBytes);
