namespace EventFunctions.Local.ServiceBus;

/// <summary>Something with work that falls due by the clock.</summary>
internal interface IDueWork
{
    /// <summary>When the next work falls due; the maximum when there is none.</summary>
    DateTimeOffset NextDue { get; }

    /// <summary>Does what is due. The shard's gate is held.</summary>
    void RunDue(DateTimeOffset now);
}

/// <summary>
/// What changes together: a queue with its sub-queues, or a topic with all its subscriptions and theirs. One gate, one clock that
/// never goes back, one alarm, and the order in which changes are logged: all that is done in one step is one record of the log.
/// </summary>
internal sealed partial class EntityShard : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly List<IDueWork> _members = [];
    private readonly ITimer _alarm;
    private readonly ulong _lockEpoch = (ulong)Random.Shared.NextInt64();
    private ulong _lastLock;
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public EntityShard(IBrokerLog log, TimeProvider clock, uint number = 0)
    {
        Log = log;
        Clock = clock;
        Number = number;
        _alarm = clock.CreateTimer(static shard => ((EntityShard)shard!).OnAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of its queue or topic.</summary>
    public uint Number { get; }

    public Lock Gate { get; } = new();

    public IBrokerLog Log { get; }

    public TimeProvider Clock { get; }

    /// <summary>What all its messages take.</summary>
    public StorageMeter Meter { get; } = new();

    /// <summary>Where they are kept. Copies in several subscriptions hold the same one.</summary>
    public MessageStore Messages { get; } = new();

    /// <summary>Moves messages on to other entities; none where nothing forwards.</summary>
    public Forwarder? Forwarder { get; init; }

    public void Add(IDueWork member) => _members.Add(member);

    public void Remove(IDueWork member) => _members.Remove(member);

    /// <summary>The time, under the gate: locks and schedules rely on it never going back.</summary>
    public DateTimeOffset Now()
    {
        var now = Clock.GetUtcNow();
        return _now = now > _now ? now : _now;
    }

    /// <summary>A token no lock of this or an earlier run had.</summary>
    public Guid NewLockToken()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, _lockEpoch);
        BitConverter.TryWriteBytes(bytes[8..], ++_lastLock);
        return new Guid(bytes);
    }

    /// <summary>Sees to it that work due then is done then.</summary>
    public void Arm(DateTimeOffset due)
    {
        if (due < _armedFor)
        {
            _armedFor = due;
            var wait = due - Now();
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestTimer ? LongestTimer : wait;
            _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _alarm.Dispose();

    /// <summary>Does what is due, and sets the alarm for what is due next. The gate is held.</summary>
    public void RunDue()
    {
        var now = Now();
        var next = DateTimeOffset.MaxValue;
        foreach (var member in _members)
        {
            member.RunDue(now);
        }

        foreach (var member in _members)
        {
            next = member.NextDue < next ? member.NextDue : next;
        }

        Arm(next);
    }

    private void OnAlarm()
    {
        try
        {
            using (Enter())
            {
                _armedFor = DateTimeOffset.MaxValue;
                RunDue();
            }
        }
        catch (Azure.Messaging.ServiceBus.ServiceBusException) when (IsFailed)
        {
            // The log has failed. Nothing falls due any more; whoever asks for something is told of it.
        }
    }
}
