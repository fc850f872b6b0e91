using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Folds the events of each stream in memory and writes its view once. Other writers of the same views are tolerated: a view
/// is only written under the token it was read with, and never backwards.
/// </summary>
/// <param name="projection">Makes the view.</param>
/// <param name="views">Keeps the view.</param>
/// <param name="events">Has the events that are missing.</param>
/// <param name="concurrency">How many streams are worked on at a time, 1 or more.</param>
/// <typeparam name="TView">The view.</typeparam>
public sealed class ProjectionReplay<TView>(
    IProjection<TView> projection, IViewStore views, IEventStore events, int concurrency = ProjectionReplay<TView>.DefaultConcurrency) : IEventReplay
    where TView : class
{
    /// <summary>How many streams are worked on at a time unless told otherwise.</summary>
    public const int DefaultConcurrency = 16;

    /// <summary>How often a view is read and written again because another writer came first.</summary>
    public const int MaxAttempts = 10;

    private readonly ViewFold<TView> _fold = new(new GuardedProjection<TView>(projection), events);

    /// <inheritdoc/>
    /// <exception cref="ProjectionContendedException">Other writers won every attempt; the batch is to be applied again.</exception>
    public async Task<ReplayResult> ApplyAsync(IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var written = 0;
        var failures = new ConcurrentQueue<StreamFailure>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(events.GroupBy(e => e.Stream), options, async (stream, token) =>
        {
            var (isWritten, failure) = await ApplyStreamAsync([.. stream.OrderBy(e => e.Version)], token);
            Interlocked.Add(ref written, isWritten ? 1 : 0);
            if (failure is not null)
            {
                failures.Enqueue(failure);
            }
        });
        return new ReplayResult(written, [.. failures]);
    }

    private async Task<(bool IsWritten, StreamFailure? Failure)> ApplyStreamAsync(List<EventEnvelope> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (StreamFailures.IsOfTheStream(exception))
        {
            // A key that cannot be told, a view that cannot be read or is too large to be written: no other stream's business.
            return (false, StreamFailures.Of(batch[0], exception));
        }
    }

    private async Task<(bool IsWritten, StreamFailure? Failure)> WriteAsync(List<EventEnvelope> batch, CancellationToken cancellationToken)
    {
        var key = projection.KeyOf(batch[0]);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Where a batch has a stream's first event there is most likely no view yet: to create one asks what a read would.
            var stored = attempt == 1 && batch[0].Version == 1 ? null : await views.FindAsync<TView>(key, cancellationToken);
            var (view, failure) = await FoldAsync(stored?.Current, batch, cancellationToken);
            if (view is null || view.Version == stored?.Current.Version)
            {
                return (false, failure);
            }

            if (await views.SaveAsync(key, projection.Name, view, stored?.ETag, cancellationToken) is not null)
            {
                return (true, failure);
            }
        }

        throw new ProjectionContendedException(projection.Name, batch[0].Stream, batch[^1].Version, MaxAttempts);
    }

    private async Task<(VersionedView<TView>? View, StreamFailure? Failure)> FoldAsync(
        VersionedView<TView>? view, List<EventEnvelope> batch, CancellationToken cancellationToken)
    {
        foreach (var envelope in batch.SkipWhile(e => e.Version < GuardedProjection<TView>.Next(view)))
        {
            try
            {
                (view, var poison) = await _fold.ReachAsync(view, envelope, cancellationToken);
                if (poison is not null)
                {
                    return (view, StreamFailures.Of(poison));
                }
            }
            catch (StreamCorruptedException gap)
            {
                // What could be folded is written, as live handling would have left it.
                return (view, new StreamFailure(gap.Stream.Value, gap.Version, StreamFailures.ErrorOf(gap)));
            }
        }

        return (view, null);
    }
}
