namespace EventFunctions.Local.Journal.Compaction;

/// <summary>Has a snapshot written whenever the log is due for it, in the background.</summary>
public sealed class Compactor : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Begins to watch.</summary>
    /// <param name="journal">The journal; it must outlive this.</param>
    /// <param name="compact">Writes a snapshot of the state and commits it.</param>
    /// <param name="failed">Told why a snapshot could not be written. The log goes on growing; it is tried again when it has grown further.</param>
    public Compactor(DurableJournal journal, Func<CancellationToken, Task> compact, Action<Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _running = Task.Run(() => RunAsync(journal, compact, failed, _stop.Token));
    }

    /// <summary>Gives up a snapshot that is being written, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static async Task RunAsync(DurableJournal journal, Func<CancellationToken, Task> compact, Action<Exception> failed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await journal.CompactionDue.WaitAsync(cancellationToken);
                await compact(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // It runs for nobody who could catch it; the one who asked for it is told.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                journal.PostponeCompaction();
                failed(cause);
            }
        }
    }
}
