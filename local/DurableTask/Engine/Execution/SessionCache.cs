using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The code of instances with a long history, left waiting between their episodes. There is room for a number of them; the one that
/// has not been needed for longest is let go first, and replayed when it is needed again. So is one that has been idle for too long.
/// </summary>
internal sealed partial class SessionCache : IDisposable
{
    // A clock's timer can't wait longer than about 49 days; a look in between does no harm.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<InstanceEntry, LinkedListNode<WaitingSession>> _waiting = [];
    private readonly LinkedList<WaitingSession> _byUse = [];
    private readonly DurableTaskEngineOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _idle;

    /// <param name="options">For how many there is room, from which length of the history on it is worth it, and how long they may be idle.</param>
    /// <param name="clock">Measures how long they are idle.</param>
    /// <param name="logger">Where faults of user code are reported that nobody else hears of.</param>
    public SessionCache(DurableTaskEngineOptions options, TimeProvider clock, ILogger logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        _idle = clock.CreateTimer(_ => _ = LetIdleGoAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many wait.</summary>
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

    /// <summary>Whether code is to be left waiting behind a history of that length.</summary>
    public bool Keeps(int historyLength) => _options.MaxExtendedSessions > 0 && historyLength >= _options.ExtendedSessionFrom;

    /// <summary>Takes an instance's code out, which then is the caller's alone.</summary>
    /// <returns><see langword="null"/> if none waits that fits the instance as it is.</returns>
    public async ValueTask<OrchestrationSession?> TakeAsync(InstanceEntry entry, InstanceState state)
    {
        var session = Remove(entry);
        if (session is null || (session.ExecutionId == state.ExecutionId && session.Position <= entry.History.Count))
        {
            return session;
        }

        await LetGoAsync(session, state.InstanceId);
        return null;
    }

    /// <summary>Leaves an instance's code waiting, if there is any.</summary>
    public async ValueTask PutAsync(InstanceEntry entry, OrchestrationSession? session)
    {
        if (session is null)
        {
            return;
        }

        WaitingSession? oldest = null;
        lock (_gate)
        {
            _waiting.Add(entry, _byUse.AddLast(new WaitingSession(entry, session, _clock.GetUtcNow())));
            if (_waiting.Count > _options.MaxExtendedSessions)
            {
                oldest = RemoveOldest();
            }

            if (_waiting.Count == 1)
            {
                SetAlarm();
            }
        }

        if (oldest is not null)
        {
            await LetGoAsync(oldest.Session, oldest.Entry.State.InstanceId);
        }
    }

    /// <summary>Lets an instance's code go, if it waits.</summary>
    public async ValueTask DropAsync(InstanceEntry entry)
    {
        if (Remove(entry) is { } session)
        {
            await LetGoAsync(session, entry.State.InstanceId);
        }
    }

    /// <summary>Lets all go.</summary>
    public async ValueTask ClearAsync()
    {
        List<WaitingSession> all;
        lock (_gate)
        {
            all = [.. _byUse];
            _byUse.Clear();
            _waiting.Clear();
        }

        await LetGoAsync(all);
    }

    /// <summary>Looks for idle ones no longer.</summary>
    public void Dispose() => _idle.Dispose();

    private async Task LetIdleGoAsync()
    {
        var idle = new List<WaitingSession>();
        lock (_gate)
        {
            var until = _clock.GetUtcNow() - _options.ExtendedSessionIdleTime;
            while (_byUse.First is { } first && first.Value.Since <= until)
            {
                idle.Add(RemoveOldest());
            }

            SetAlarm();
        }

        await LetGoAsync(idle);
    }

    /// <summary>Rings when the one that has been idle for longest has been so for too long; it may be in use again by then.</summary>
    private void SetAlarm()
    {
        if (_options.ExtendedSessionIdleTime != Timeout.InfiniteTimeSpan && _byUse.First is { } first)
        {
            var left = (first.Value.Since + _options.ExtendedSessionIdleTime - _clock.GetUtcNow()).TotalMilliseconds;
            _idle.Change(TimeSpan.FromMilliseconds(Math.Clamp(left, 0, LongestWait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private WaitingSession RemoveOldest()
    {
        var oldest = _byUse.First!.Value;
        _byUse.RemoveFirst();
        _waiting.Remove(oldest.Entry);
        return oldest;
    }

    private OrchestrationSession? Remove(InstanceEntry entry)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(entry, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            return node.Value.Session;
        }
    }

    private async ValueTask LetGoAsync(List<WaitingSession> sessions)
    {
        foreach (var waiting in sessions)
        {
            await LetGoAsync(waiting.Session, waiting.Entry.State.InstanceId);
        }
    }

    private async ValueTask LetGoAsync(OrchestrationSession session, string instanceId)
    {
        try
        {
            await session.DisposeAsync();
        }
#pragma warning disable CA1031 // It is the trouble of code that is no longer needed, and not of the instance that is in hand.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDisposalFailed(exception, instanceId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the orchestrator of instance {InstanceId} had registered could not be disposed of.")]
    private partial void LogDisposalFailed(Exception exception, string instanceId);

    private sealed record WaitingSession(InstanceEntry Entry, OrchestrationSession Session, DateTimeOffset Since);
}
