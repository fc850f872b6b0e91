using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EventFunctions.Tests.Telemetry;

/// <summary>A meter factory of a test's own, and everything that is measured with its meters.</summary>
internal sealed class RecordedMetrics : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = [];
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly List<Meter> _meters = [];

    public RecordedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Every instrument that was made.</summary>
    public IReadOnlyCollection<Instrument> Instruments => [.. _instruments.Values];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>What an instrument measured, in order: the value, and the tags as <c>name=value</c>, separated by commas.</summary>
    public IEnumerable<(double Value, string Tags)> Of(string name) => _measured.Where(m => m.Name == name).Select(m => (m.Value, m.Tags));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Enqueue(
        (instrument.Name, value, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
}
