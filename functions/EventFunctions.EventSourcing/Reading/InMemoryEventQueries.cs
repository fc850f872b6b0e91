using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Finds events across the streams of an <see cref="InMemoryEventStore"/> by looking at all of them.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryEventQueries(InMemoryEventStore store) : IEventQueries
{
    /// <inheritdoc/>
    public async Task<EventPage> QueryAsync(EventQuery query, EventPageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        var sign = query.Order == TimeOrder.OldestFirst ? 1 : -1;
        var after = ContinuationToken.Read(query.Question, page.Continuation) is { } text ? Position.Parse(text) : null;
        var rest = store.ReadAll()
            .Where(query.Matches)
            .Select(e => (Position: new Position(e.Time.UtcTicks, e.Stream.Value, e.Version), Event: e))
            .Where(e => after is null || sign * Compare(e.Position, after) > 0)
            .Order(Comparer<(Position Position, EventEnvelope Event)>.Create((x, y) => sign * Compare(x.Position, y.Position)))
            .Take(page.Size + 1)
            .ToList();
        var found = new List<EventEnvelope>();
        foreach (var (position, known) in rest.Take(page.Size))
        {
            // Found by what every event shows; read again with its personal data opened.
            found.Add(await store.FindAsync(known.Stream, position.Version, cancellationToken) ?? known);
        }
        return new EventPage(
            found, rest.Count > page.Size ? ContinuationToken.Write(query.Question, rest[page.Size - 1].Position.ToString()) : null);
    }

    /// <summary>By time, within an instant by stream and version.</summary>
    private static int Compare(Position left, Position right) =>
        (left.Ticks.CompareTo(right.Ticks), string.CompareOrdinal(left.Stream, right.Stream)) switch
        {
            (0, 0) => left.Version.CompareTo(right.Version),
            (0, var byStream) => byStream,
            var (byTime, _) => byTime,
        };

    /// <summary>A place among all events.</summary>
    private sealed record Position(long Ticks, string Stream, long Version)
    {
        public static Position Parse(string text)
        {
            var parts = text.Split(' ');
            return parts.Length == 3
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? new Position(ticks, parts[1], version)
                : throw new InvalidContinuationException();
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks} {Stream} {Version}");
    }
}
