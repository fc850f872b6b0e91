using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace EventFunctions.Local.DurableTask;

/// <summary>Work that waits for a worker. It outlives the workers of one start.</summary>
internal sealed class WorkQueue<T>
    where T : class
{
    private readonly Channel<T> _channel = Channel.CreateUnbounded<T>();

    public int Count => _channel.Reader.Count;

    // An unbounded channel that is never completed takes everything.
    public void Add(T work) => _channel.Writer.TryWrite(work);

    /// <summary>Takes what is there without waiting: for tests that take the place of the workers.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T work) => _channel.Reader.TryRead(out work);

    /// <returns>The next work; <see langword="null"/> if the workers stop, and what waits is left for the next start.</returns>
    public async ValueTask<T?> TakeAsync(CancellationToken stopping)
    {
        try
        {
            return await _channel.Reader.ReadAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping is how a worker's wait ends.
            return null;
        }
    }
}
