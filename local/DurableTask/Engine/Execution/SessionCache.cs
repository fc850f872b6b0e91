using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The code of instances with a long history, left waiting between their episodes. There is room for a number of them; the one that
/// has not been needed for longest is let go first, and replayed when it is needed again.
/// </summary>
/// <param name="capacity">For how many there is room; 0 for none.</param>
/// <param name="fromHistory">From which length of the history on it is worth it; a shorter one is replayed.</param>
/// <param name="logger">Where faults of user code are reported that nobody else hears of.</param>
internal sealed partial class SessionCache(int capacity, int fromHistory, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<InstanceEntry, LinkedListNode<(InstanceEntry Entry, OrchestrationSession Session)>> _waiting = [];
    private readonly LinkedList<(InstanceEntry Entry, OrchestrationSession Session)> _byUse = [];

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
    public bool Keeps(int historyLength) => capacity > 0 && historyLength >= fromHistory;

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

        (InstanceEntry Entry, OrchestrationSession Session)? oldest = null;
        lock (_gate)
        {
            _waiting.Add(entry, _byUse.AddLast((entry, session)));
            if (_waiting.Count > capacity)
            {
                oldest = _byUse.First!.Value;
                _byUse.RemoveFirst();
                _waiting.Remove(oldest.Value.Entry);
            }
        }

        if (oldest is var (other, unused))
        {
            await LetGoAsync(unused, other.State.InstanceId);
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
        List<(InstanceEntry Entry, OrchestrationSession Session)> all;
        lock (_gate)
        {
            all = [.. _byUse];
            _byUse.Clear();
            _waiting.Clear();
        }

        foreach (var (entry, session) in all)
        {
            await LetGoAsync(session, entry.State.InstanceId);
        }
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
}
