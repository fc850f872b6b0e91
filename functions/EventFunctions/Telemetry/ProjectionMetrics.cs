using System.Diagnostics.Metrics;

namespace EventFunctions.Telemetry;

/// <summary>Counts the events that projections cannot take.</summary>
public sealed class ProjectionMetrics
{
    private readonly Counter<long> _stalls;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public ProjectionMetrics(IMeterFactory factory) => _stalls = AppMeter.Of(factory).CreateCounter<long>(
        "eventfunctions.projection.stalls", "{stall}", "Events that a projection cannot take; their stream waits.");

    /// <summary>A projection cannot go on with a stream.</summary>
    /// <param name="projection">The projection's name.</param>
    public void Stalled(string projection) => _stalls.Add(1, AppMeter.Tag("projection", projection));
}
