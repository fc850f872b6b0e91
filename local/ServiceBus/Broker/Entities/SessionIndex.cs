namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The sessions of an entity. Those that nobody holds and that have something to deliver stand in line, first come first
/// served, so that handing out the next one never looks at the others.
/// </summary>
internal sealed class SessionIndex
{
    private readonly Dictionary<string, SessionEntry> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<SessionEntry> _line = new();
    private readonly Queue<SessionEntry> _stirred = new();

    /// <summary>Held sessions by the end of their lock, earliest first.</summary>
    public LinkedList<SessionEntry> Locks { get; } = new();

    public int Count => _sessions.Count;

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

    /// <summary>To be called after any change to a session: puts it in line, notes it for its holder, or forgets it.</summary>
    public void Changed(SessionEntry session)
    {
        if (session.IsVacant)
        {
            _sessions.Remove(session.Id);
        }
        else if (session.Available.Head is null)
        {
            return;
        }
        else if (session.LockToken is null)
        {
            if (!session.InLine)
            {
                session.InLine = true;
                _line.Enqueue(session);
            }
        }
        else if (!session.Stirred)
        {
            session.Stirred = true;
            _stirred.Enqueue(session);
        }
    }

    /// <summary>How many sessions stand in line; a few more than that where some were taken by name meanwhile.</summary>
    public int Waiting
    {
        get
        {
            while (_line.TryPeek(out var session) && !IsToBeHandedOut(session))
            {
                _line.Dequeue().InLine = false;
            }

            return _line.Count;
        }
    }

    /// <summary>The next session to hand out, taken out of the line.</summary>
    public SessionEntry? TakeFirstInLine()
    {
        while (_line.TryDequeue(out var session))
        {
            session.InLine = false;
            if (IsToBeHandedOut(session))
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>The next held session that got something to deliver since it was last asked for.</summary>
    public SessionEntry? TakeStirred()
    {
        if (_stirred.TryDequeue(out var session))
        {
            session.Stirred = false;
        }

        return session;
    }

    private static bool IsToBeHandedOut(SessionEntry session) => session.LockToken is null && session.Available.Head is not null;
}
