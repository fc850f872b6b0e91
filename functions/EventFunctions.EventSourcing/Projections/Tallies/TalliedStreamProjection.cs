namespace EventFunctions.EventSourcing;

/// <summary>
/// The memory of a tally projection as a view of each stream. It says for every tally since which version the contribution is
/// as it is, whether the events come one by one or many at once.
/// </summary>
/// <param name="projection">Knows what the events contribute.</param>
internal sealed class TalliedStreamProjection<TState, TTally>(ITallyProjection<TState, TTally> projection)
    : IProjection<TalliedStream<TState, TTally>>
    where TState : class
    where TTally : class, ITally<TTally>
{
    /// <inheritdoc/>
    public string Name => TallyKinds.StreamOf(projection.Name);

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope) => new($"{Name}:{envelope.Stream.Value}", "stream");

    /// <inheritdoc/>
    public TalliedStream<TState, TTally> Apply(TalliedStream<TState, TTally>? view, EventEnvelope envelope)
    {
        var state = projection.Apply(view?.State, envelope);
        var before = view?.Parts ?? new Dictionary<string, TalliedPart<TTally>>();
        var after = projection.ContributionsOf(state).GroupBy(c => c.Key.Partition, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.ToDictionary(c => c.Key.Id, c => c.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        var parts = before.Keys.Union(after.Keys, StringComparer.Ordinal).ToDictionary(
            partition => partition,
            partition => Step(before.GetValueOrDefault(partition), after.GetValueOrDefault(partition), envelope),
            StringComparer.Ordinal);
        return new TalliedStream<TState, TTally>(state, parts);
    }

    private static TalliedPart<TTally> Step(TalliedPart<TTally>? before, Dictionary<string, TTally>? after, EventEnvelope envelope)
    {
        var known = (before ?? TalliedPart<TTally>.Empty).Cells;
        return new TalliedPart<TTally>(known.Keys.Union(after?.Keys ?? Enumerable.Empty<string>(), StringComparer.Ordinal).ToDictionary(
            id => id,
            id =>
            {
                var value = after?.GetValueOrDefault(id) ?? TTally.Zero;
                var cell = known.GetValueOrDefault(id);
                return cell is not null && cell.Value.Equals(value)
                    ? cell
                    : new TalliedCell<TTally>(value, envelope.Version, cell?.Since ?? envelope.Time, envelope.Time);
            },
            StringComparer.Ordinal));
    }
}
