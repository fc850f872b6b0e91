using System.Globalization;

namespace EventFunctions.EventSourcing.Testing;

/// <summary>
/// Events at their places in streams, as a store hands them out. Ids follow from the place, times from the version, so two runs
/// make the same.
/// </summary>
/// <param name="registry">Names the events.</param>
public sealed class EnvelopeBuilder(EventTypeRegistry registry)
{
    /// <summary>The time of version 0; each version is a second later.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The business transaction that all events belong to.</summary>
    public string CorrelationId { get; init; } = "correlation-1";

    /// <summary>W3C trace context of all events, where there is one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>An event at a version of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="version">1 or more.</param>
    /// <param name="data">What happened.</param>
    /// <exception cref="UnknownEventTypeException">The registry does not know the event.</exception>
    public EventEnvelope At(StreamName stream, long version, IDomainEvent data)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentNullException.ThrowIfNull(data);
        var type = registry.Get(data.GetType());
        var place = string.Create(CultureInfo.InvariantCulture, $"{stream}:{version}");
        return new EventEnvelope(
            NameBasedGuid.Create(Guid.Empty, place),
            stream,
            version,
            type.Name,
            type.SchemaVersion,
            Start.AddSeconds(version),
            data,
            new EventMetadata(NameBasedGuid.Create(Guid.Empty, $"command of {place}"), CorrelationId, Tenant: stream.Tenant, TraceParent: TraceParent));
    }

    /// <summary>A whole stream from its first event on.</summary>
    /// <exception cref="UnknownEventTypeException">The registry does not know an event.</exception>
    public IReadOnlyList<EventEnvelope> Stream(StreamName stream, params IEnumerable<IDomainEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return [.. events.Select((data, at) => At(stream, at + 1, data))];
    }
}
