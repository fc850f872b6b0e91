namespace EventFunctions.Local.ServiceBus;

/// <summary>Says when it is time to look for entities that nobody has used for as long as they were declared to live without use.</summary>
/// <param name="clock">Tells the time.</param>
/// <param name="look">Deletes those whose time is over; returns when to look again, the maximum for never.</param>
internal sealed class IdleDeletion(TimeProvider clock, Func<DateTimeOffset, DateTimeOffset> look) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private DateTimeOffset _due = DateTimeOffset.MaxValue;
    private bool _isDisposed;

    /// <summary>There is an entity that is deleted when nobody has used it for so long.</summary>
    public void Watch(TimeSpan idle)
    {
        if (idle < LongestWait)
        {
            Arm(clock.GetUtcNow() + idle);
        }
        else if (idle < TimeSpan.MaxValue)
        {
            Arm(clock.GetUtcNow() + LongestWait);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Arm(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (due < _due && !_isDisposed)
            {
                _due = due;
                _timer ??= clock.CreateTimer(static self => ((IdleDeletion)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                var wait = due - clock.GetUtcNow();
                _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            _due = DateTimeOffset.MaxValue;
        }

        try
        {
            Arm(look(clock.GetUtcNow()));
        }
        catch (Azure.Messaging.ServiceBus.ServiceBusException)
        {
            // The log has failed, so nothing can be deleted any more; whoever asks for something is told of it.
        }
    }
}
