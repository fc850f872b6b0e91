namespace EventFunctions.Local.DurableTask;

/// <summary>All waiting timers behind one timer of the clock: a waiting instance costs an entry, not a thread.</summary>
internal sealed class TimerQueue : IDisposable
{
    // A clock's timer can't wait longer than about 49 days; a wake-up in between does no harm.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<WaitingTimer> _waiting = new(Comparer<WaitingTimer>.Create(Compare));
    private readonly TimeProvider _timeProvider;
    private readonly Action<WaitingTimer> _fire;
    private readonly ITimer _alarm;
    private bool _isRunning;

    public TimerQueue(TimeProvider timeProvider, Action<WaitingTimer> fire)
    {
        _timeProvider = timeProvider;
        _fire = fire;
        _alarm = timeProvider.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            _isRunning = true;
        }

        FireDue();
    }

    /// <summary>Timers that fall due are kept until the next start.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isRunning = false;
            SetAlarm();
        }
    }

    public void Add(WaitingTimer timer)
    {
        lock (_gate)
        {
            _waiting.Add(timer);
            if (!_isRunning || _waiting.Min != timer)
            {
                return;
            }

            if (timer.FireAt > _timeProvider.GetUtcNow())
            {
                SetAlarm();
                return;
            }
        }

        FireDue();
    }

    public void Remove(WaitingTimer timer)
    {
        lock (_gate)
        {
            var wasNext = _waiting.Min == timer;
            if (_waiting.Remove(timer) && wasNext)
            {
                SetAlarm();
            }
        }
    }

    public void Dispose() => _alarm.Dispose();

    private void FireDue()
    {
        List<WaitingTimer> due = [];
        lock (_gate)
        {
            if (!_isRunning)
            {
                return;
            }

            var now = _timeProvider.GetUtcNow();
            while (_waiting.Min is { } next && next.FireAt <= now)
            {
                _waiting.Remove(next);
                due.Add(next);
            }

            SetAlarm();
        }

        foreach (var timer in due)
        {
            _fire(timer);
        }
    }

    private void SetAlarm()
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_isRunning && _waiting.Min is { } next)
        {
            var left = next.FireAt - _timeProvider.GetUtcNow();
            wait = left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? CeilingOfMilliseconds(left) : LongestWait;
        }

        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // A clock's timer counts whole milliseconds; rounding down would wake up too early and spin.
    private static TimeSpan CeilingOfMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private static int Compare(WaitingTimer a, WaitingTimer b) =>
        a.FireAt != b.FireAt ? a.FireAt.CompareTo(b.FireAt)
        : a.InstanceId != b.InstanceId ? string.CompareOrdinal(a.InstanceId, b.InstanceId)
        : a.ExecutionId != b.ExecutionId ? string.CompareOrdinal(a.ExecutionId, b.ExecutionId)
        : a.TaskId.CompareTo(b.TaskId);
}
