using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventFunctions.Telemetry;

/// <summary>Measures how the functions of subscriptions and queues handle their messages.</summary>
public sealed class MessageMetrics
{
    private const string Function = "function";
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _deadLettered;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public MessageMetrics(IMeterFactory factory)
    {
        var meter = AppMeter.Of(factory);
        _duration = meter.CreateHistogram<double>("eventfunctions.message.duration", "s", "How long a function handled a message.");
        _lag = meter.CreateHistogram<double>("eventfunctions.message.lag", "s", "From an event's time to the moment when a function has handled it.");
        _deadLettered = meter.CreateCounter<long>("eventfunctions.messages.dead_lettered", "{message}", "Messages that the app itself dead-lettered.");
    }

    /// <summary>A message was handled.</summary>
    /// <param name="function">By which function.</param>
    /// <param name="duration">How long that took.</param>
    /// <param name="lag">From the event's time until now, where the message has one; less than zero, where clocks differ, counts as zero.</param>
    public void Handled(string function, TimeSpan duration, TimeSpan? lag)
    {
        Took(function, "handled", duration);
        if (lag is { } age)
        {
            _lag.Record(Math.Max(0, age.TotalSeconds), AppMeter.Tag(Function, function));
        }
    }

    /// <summary>A message could not be handled, and comes again.</summary>
    /// <param name="function">By which function.</param>
    /// <param name="duration">How long it tried.</param>
    public void Failed(string function, TimeSpan duration) => Took(function, "failed", duration);

    /// <summary>A message was dead-lettered.</summary>
    /// <param name="reason">Why; a fixed word.</param>
    public void DeadLettered(string reason) => _deadLettered.Add(1, AppMeter.Tag("reason", reason));

    private void Took(string function, string outcome, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds, new TagList { { Function, function }, { "outcome", outcome } });
}
