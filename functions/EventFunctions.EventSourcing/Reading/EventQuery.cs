namespace EventFunctions.EventSourcing;

/// <summary>Asks for events of any stream; what is given must all hold.</summary>
public sealed record EventQuery
{
    /// <summary>The most types a query may name.</summary>
    public const int MaxTypes = 50;

    /// <summary>
    /// Present names of types, of which an event has one, under whatever name it was stored; none for every type. At most
    /// <see cref="MaxTypes"/>.
    /// </summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public IReadOnlyList<string> Types
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Count <= MaxTypes
                ? [.. value.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                : throw new ArgumentException($"A query names at most {MaxTypes} types, not {value.Count}.", nameof(value));
        }
    }
    = [];

    /// <summary>The earliest <see cref="EventEnvelope.Time"/>, inclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest <see cref="EventEnvelope.Time"/>, exclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The <see cref="EventMetadata.CorrelationId"/>; <see langword="null"/> for any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>In which order the events come.</summary>
    public TimeOrder Order { get; init; } = TimeOrder.OldestFirst;

    /// <summary>Everything that decides the answer, as text: the same for queries that ask the same.</summary>
    public string Question => string.Join(
        '\n', "events", Order, TimeOf(From), TimeOf(To), CorrelationId is null ? "any" : $"one {CorrelationId}", string.Join(' ', Types));

    /// <summary>Whether an event is asked for. Pure.</summary>
    public bool Matches(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return (Types.Count == 0 || Types.Contains(envelope.Type, StringComparer.Ordinal))
            && (From is not { } from || envelope.Time >= from)
            && (To is not { } to || envelope.Time < to)
            && (CorrelationId is not { } correlation || envelope.Metadata.CorrelationId == correlation);
    }

    private static string TimeOf(DateTimeOffset? time) => time is { } given ? EventTime.TextOf(given) : "any";
}

/// <summary>The order of events of several streams.</summary>
public enum TimeOrder
{
    /// <summary>By rising time.</summary>
    OldestFirst,

    /// <summary>By falling time.</summary>
    NewestFirst,
}
