using System.Diagnostics.Metrics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Telemetry;

/// <summary>Counts what is committed to the store, and what lost a race for it.</summary>
public sealed class StoreMetrics
{
    private const string Category = "category";
    private readonly Counter<long> _appended;
    private readonly Counter<long> _conflicts;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public StoreMetrics(IMeterFactory factory)
    {
        var meter = AppMeter.Of(factory);
        _appended = meter.CreateCounter<long>("eventfunctions.events.appended", "{event}", "Events that were committed to the store.");
        _conflicts = meter.CreateCounter<long>("eventfunctions.append.conflicts", "{conflict}", "Appends that lost a race and wrote nothing.");
    }

    /// <summary>An append ended.</summary>
    /// <param name="append">The append.</param>
    /// <param name="result">How it ended.</param>
    public void Ended(StreamAppend append, AppendResult result)
    {
        ArgumentNullException.ThrowIfNull(append);
        var tags = AppMeter.Tag(Category, append.Stream.Category);
        switch (result)
        {
            case AppendResult.Appended:
                _appended.Add(append.Events.Count, tags);
                break;
            case AppendResult.Conflict:
                _conflicts.Add(1, tags);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(result), result, "An append is written or in conflict.");
        }
    }
}
