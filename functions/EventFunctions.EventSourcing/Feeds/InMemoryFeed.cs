using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>The events of an in-memory store in the order of their commits, in two ranges so that nobody relies on there being one.</summary>
internal sealed class InMemoryFeed
{
    private const int RangeCount = 2;

    private readonly Lock _gate = new();
    private readonly List<(StreamName Stream, long Version)>[] _ranges = [.. Enumerable.Range(0, RangeCount).Select(_ => new List<(StreamName, long)>())];

    public IReadOnlyList<string> Ranges { get; } = [.. Enumerable.Range(0, RangeCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Commits in one step with the feed, so that it has them in the order in which they took place.</summary>
    public bool Commit(Func<bool> commit, StreamName stream, IEnumerable<long> versions)
    {
        lock (_gate)
        {
            if (!commit())
            {
                return false;
            }

            _ranges[(uint)stream.GetHashCode() % RangeCount].AddRange(versions.Select(version => (stream, version)));
            return true;
        }
    }

    /// <summary>A page; an event that is kept no more is passed over.</summary>
    public async Task<EventFeedPage> ReadAsync(
        EventFeedRequest request, EventSerializer serializer, Func<StreamName, long, byte[]?> find, CancellationToken cancellationToken)
    {
        var start = 0;
        if (!Ranges.Contains(request.Range)
            || (request.Continuation is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            throw new ArgumentException("The range or the continuation is not one that the feed gave.", nameof(request));
        }

        var events = new List<EventEnvelope>();
        var unreadable = new List<StreamFailure>();
        var items = Items(request.Range, start);
        var position = 0;
        for (; position < items.Count && events.Count < request.MaxEvents; position++)
        {
            var (stream, version) = items[position];
            if (request.Categories.Contains(stream.Category) && find(stream, version) is { } json)
            {
                await ReadAsync(serializer, stream, version, json, events, unreadable, cancellationToken);
            }
        }

        return new EventFeedPage(events, unreadable, (start + position).ToString(CultureInfo.InvariantCulture), position == items.Count);
    }

    private static async Task ReadAsync(
        EventSerializer serializer,
        StreamName stream,
        long version,
        byte[] json,
        List<EventEnvelope> events,
        List<StreamFailure> unreadable,
        CancellationToken cancellationToken)
    {
        try
        {
            events.Add(await serializer.ReadAsync(json, cancellationToken));
        }
        catch (Exception exception) when (exception is EventFormatException or UnknownEventTypeException)
        {
            unreadable.Add(new StreamFailure(stream.Value, version, StreamFailures.ErrorOf(exception)));
        }
    }

    private List<(StreamName Stream, long Version)> Items(string range, int start)
    {
        lock (_gate)
        {
            var all = _ranges[int.Parse(range, CultureInfo.InvariantCulture)];
            return start <= all.Count ? all[start..] : throw new ArgumentException("The continuation is not one that the feed gave.", nameof(start));
        }
    }
}
