using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventFunctions.Enrichment;
using EventFunctions.EventSourcing;

namespace EventFunctions.Telemetry;

/// <summary>Tells what becomes of the events of the change feed: in numbers, and as a span in the trace of each event.</summary>
public sealed class RelayTelemetry
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _lag;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public RelayTelemetry(IMeterFactory factory)
    {
        var meter = AppMeter.Of(factory);
        _published = meter.CreateCounter<long>("eventfunctions.events.published", "{event}", "Events of the change feed that the broker took.");
        _parked = meter.CreateCounter<long>("eventfunctions.events.parked", "{event}", "Events that cannot be published for their own sake.");
        _failures = meter.CreateCounter<long>("eventfunctions.relay.failures", "{batch}", "Batches of the change feed that failed and are tried again.");
        _lag = meter.CreateHistogram<double>("eventfunctions.relay.lag", "s", "From an event's time to its publishing.");
    }

    /// <summary>The broker took events.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="events">The events.</param>
    /// <param name="began">When their sending began.</param>
    /// <param name="ended">When it ended.</param>
    public void Published(string topic, IEnumerable<EventEnvelope> events, DateTimeOffset began, DateTimeOffset ended)
    {
        ArgumentNullException.ThrowIfNull(events);
        var tags = AppMeter.Tag("topic", topic);
        foreach (var envelope in events)
        {
            _published.Add(1, tags);

            // Clocks of different machines: an event may be of a moment that is still to come here.
            _lag.Record(Math.Max(0, (ended - envelope.Time).TotalSeconds), tags);
            Show(topic, envelope, began, ended);
        }
    }

    /// <summary>An event was parked.</summary>
    /// <param name="code">Why.</param>
    public void Parked(string code) => _parked.Add(1, AppMeter.Tag("code", code));

    /// <summary>A batch failed, and will come again.</summary>
    /// <param name="exception">Why.</param>
    public void Failed(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _failures.Add(1, AppMeter.Tag("error.type", exception.GetType().FullName!));
    }

    private static void Show(string topic, EventEnvelope envelope, DateTimeOffset began, DateTimeOffset ended) => EventActivities.Record(
        $"publish {topic}",
        ActivityKind.Producer,
        new EventTrace(envelope.Metadata.CorrelationId, envelope.Metadata.TraceParent, envelope.Metadata.TraceState),
        began,
        ended,
        [
            new("messaging.destination.name", topic),
            new("messaging.message.id", envelope.EventId.ToString()),
            new("event.type", envelope.Type),
        ]);
}
