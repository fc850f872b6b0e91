namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The sessions of an entity. Those that nobody holds and that have something to deliver stand in line, first come first
/// served, so that handing out the next one never looks at the others.
/// </summary>
internal sealed class SessionIndex
{
    private readonly Dictionary<string, SessionEntry> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<SessionEntry> _line = new();
    private readonly Queue<SessionEntry> _stirred = new();

    /// <summary>Held sessions by the end of their lock, earliest first.</summary>
    public LinkedList<SessionEntry> Locks { get; } = new();

    public int Count => _sessions.Count;

    /// <summary>All sessions with messages, a holder or a state, in no order. Not to be enumerated while the index changes.</summary>
    public IEnumerable<SessionEntry> All => _sessions.Values;

    /// <summary>The same, those that stand in line first and in its order.</summary>
    public IEnumerable<SessionEntry> InLineFirst => _line.Concat(_sessions.Values.Where(s => s.LineNode is null));

    public SessionEntry? Find(string id) => _sessions.GetValueOrDefault(id);

    public SessionEntry Get(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            session = new SessionEntry(id);
            _sessions.Add(id, session);
        }

        return session;
    }

    /// <summary>To be called after any change to a session: keeps the line, notes it for its holder, or forgets it.</summary>
    public void Changed(SessionEntry session)
    {
        if (session.IsWaiting)
        {
            session.LineNode ??= _line.AddLast(session);
        }
        else if (session.LineNode is { } place)
        {
            _line.Remove(place);
            session.LineNode = null;
        }

        if (session.IsVacant)
        {
            _sessions.Remove(session.Id);
        }
        else if (session is { LockToken: not null, Available.Head: not null, Stirred: false })
        {
            session.Stirred = true;
            _stirred.Enqueue(session);
        }
    }

    /// <summary>How many sessions stand in line.</summary>
    public int Waiting => _line.Count;

    /// <summary>The next session to hand out.</summary>
    public SessionEntry? FirstInLine => _line.First?.Value;

    /// <summary>The next held session that got something to deliver since it was last asked for.</summary>
    public SessionEntry? TakeStirred()
    {
        if (_stirred.TryDequeue(out var session))
        {
            session.Stirred = false;
        }

        return session;
    }
}
