namespace EventFunctions.Local.ServiceBus;

internal sealed partial class QueueState
{
    private void LockSession(SessionEntry session, Guid token, DateTimeOffset until)
    {
        session.LockToken = token;
        session.LockedUntil = until;
        session.LockNode ??= new LinkedListNode<SessionEntry>(session);
        Sessions.Locks.Insert(session.LockNode);
        Sessions.Changed(session);
    }

    private void RenewSession(SessionEntry session, DateTimeOffset until)
    {
        session.LockedUntil = until;
        Sessions.Locks.Remove(session.LockNode!);
        Sessions.Locks.Insert(session.LockNode!);
        foreach (var held in session.Held)
        {
            held.LockedUntil = until;
        }
    }

    private void ReleaseSession(SessionEntry session)
    {
        Sessions.Locks.Remove(session.LockNode!);
        session.LockToken = null;
        Sessions.Changed(session);
    }

    private void SetSessionState(SessionEntry session, ReadOnlyMemory<byte>? state, DateTimeOffset at)
    {
        Measure((state?.Length ?? 0) - (session.State?.Length ?? 0));
        session.State = state;
        session.StateSetAt = at;
    }

    private SessionEntry KnownSession(string id) =>
        Sessions.Find(id) ?? throw new InvalidOperationException($"{Settings.Path} has no session '{id}'.");
}
