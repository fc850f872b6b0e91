using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Reads a stream page by page, in either direction.</summary>
/// <remarks>
/// A page costs what the store takes for one window of versions (<see cref="IEventStore.ReadAsync"/>), wherever in the stream
/// it lies; backward it costs one read of the head in addition. Safe for concurrent use.
/// </remarks>
/// <param name="store">Keeps the streams.</param>
public sealed class StreamPages(IEventStore store)
{
    /// <summary>A page of a stream's events.</summary>
    /// <param name="stream">The stream; one that does not exist has no events.</param>
    /// <param name="direction">Forward or backward.</param>
    /// <param name="from">
    /// The version of the first event of the first page: 1 or more. Without it, forward begins at the first event and backward
    /// at the newest. A version beyond the newest is answered with no events forward, and with the newest backward.
    /// </param>
    /// <param name="page">Which page. With a continuation, <paramref name="from"/> does not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is less than 1.</exception>
    /// <exception cref="InvalidContinuationException">The continuation is not one of this stream in this direction.</exception>
    /// <exception cref="StreamCorruptedException">An event is missing.</exception>
    public Task<EventPage> ReadAsync(
        StreamName stream, ReadDirection direction, long? from, EventPageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (from is { } version)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(version, 1, nameof(from));
        }

        var question = $"{stream.Value} {direction}";
        var next = PositionOf(question, page.Continuation) ?? from;
        return direction switch
        {
            ReadDirection.Forward => ForwardAsync(stream, next ?? 1, page.Size, question, cancellationToken),
            ReadDirection.Backward => BackwardAsync(stream, next, page.Size, question, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "A stream is read forward or backward."),
        };
    }

    private static long? PositionOf(string question, string? continuation) => ContinuationToken.Read(question, continuation) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 => version,
        _ => throw new InvalidContinuationException(),
    };

    private static string ContinueAt(string question, long version) =>
        ContinuationToken.Write(question, version.ToString(CultureInfo.InvariantCulture));

    private async Task<EventPage> ForwardAsync(StreamName stream, long from, int size, string question, CancellationToken cancellationToken)
    {
        // One more than the page holds tells whether there is another page.
        var events = await TakeAsync(stream, from, size + 1, cancellationToken);
        return events.Count > size
            ? new EventPage(events[..size], ContinueAt(question, from + size))
            : new EventPage(events, null);
    }

    private async Task<EventPage> BackwardAsync(StreamName stream, long? from, int size, string question, CancellationToken cancellationToken)
    {
        var newest = (await store.LoadHeadAsync(stream, cancellationToken)).Version;
        var last = Math.Min(from ?? newest, newest);
        if (last == 0)
        {
            return EventPage.Empty;
        }

        var first = Math.Max(1, last - size + 1);
        var events = await TakeAsync(stream, first, (int)(last - first + 1), cancellationToken);
        if (events.Count < last - first + 1)
        {
            throw new StreamCorruptedException(stream, first + events.Count, $"the event is missing, though the head is at version {newest}.");
        }

        events.Reverse();
        return new EventPage(events, first > 1 ? ContinueAt(question, first - 1) : null);
    }

    private async Task<List<EventEnvelope>> TakeAsync(StreamName stream, long from, int count, CancellationToken cancellationToken)
    {
        var events = new List<EventEnvelope>(count);
        await foreach (var envelope in store.ReadAsync(stream, from, cancellationToken))
        {
            events.Add(envelope);
            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }
}
