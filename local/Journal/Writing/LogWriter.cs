using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Local.Journal.Writing;

/// <summary>The one thread that writes the log: takes a batch, writes it with one call, syncs it, tells those who wait, and so on.</summary>
internal sealed class LogWriter
{
    private readonly IJournalFolder _folder;
    private readonly BatchQueue _queue;
    private readonly CompactionTrigger _trigger;
    private readonly long _segmentBytes;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SegmentFile _segment;
    private LogEnd _end;

    /// <summary>Starts writing at the end of a segment.</summary>
    public LogWriter(IJournalFolder folder, BatchQueue queue, CompactionTrigger trigger, SegmentFile segment, long nextSequence, long segmentBytes)
    {
        _folder = folder;
        _queue = queue;
        _trigger = trigger;
        _segment = segment;
        _segmentBytes = segmentBytes;
        _end = new LogEnd(segment.Number, segment.Length, nextSequence);

        // A thread of its own: it spends its time waiting for the disk, which would take one from the pool.
        new Thread(Run) { IsBackground = true, Name = $"journal {folder.Path}" }.Start();
    }

    /// <summary>How far the log is on the disk.</summary>
    public LogEnd End => Volatile.Read(ref _end);

    /// <summary>Ends when the queue was closed and is written, or the disk has failed; the segment is closed then.</summary>
    public Task Ended => _ended.Task;

    private void Run()
    {
        while (_queue.Take() is { } batch)
        {
            using (batch)
            {
                try
                {
                    Write(batch);
                }
#pragma warning disable CA1031 // Whatever it was, the log can't go on; everyone who waits or comes later is told.
                catch (Exception cause)
#pragma warning restore CA1031
                {
                    var failure = new JournalFailedException(_folder.Path, cause);
                    _queue.Fail(failure);
                    batch.Fail(failure);
                    break;
                }

                batch.Succeed();
            }
        }

        _segment.Dispose();
        _ended.SetResult();
    }

    private void Write(Batch batch)
    {
        var end = _end;
        if (batch.Rotation is not null || _segment.Length >= _segmentBytes)
        {
            Rotate(end.NextSequence);
            end = new LogEnd(_segment.Number, _segment.Length, end.NextSequence);
            Volatile.Write(ref _end, end);
            batch.Rotation?.SetResult(new SegmentStart(end.Segment, end.NextSequence, _trigger.Written));
        }

        if (!batch.Frame.IsEmpty)
        {
            var frame = batch.Frame.Seal(end.NextSequence);
            _segment.Append(frame);
            Volatile.Write(ref _end, new LogEnd(_segment.Number, _segment.Length, end.NextSequence + 1));
            _trigger.Wrote(frame.Length);
        }
    }

    private void Rotate(long nextSequence)
    {
        if (nextSequence == _segment.FirstSequence)
        {
            // Nothing is in it yet.
            return;
        }

        var next = SegmentFile.Create(_folder, _segment.Number + 1, nextSequence);
        _segment.Dispose();
        _segment = next;
    }
}

/// <summary>A place in the log.</summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Length">How much of it, in bytes.</param>
/// <param name="NextSequence">The sequence of the frame that comes next.</param>
internal sealed record LogEnd(long Segment, long Length, long NextSequence);
