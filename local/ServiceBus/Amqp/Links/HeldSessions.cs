using System.Collections.Concurrent;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The sessions a connection's receivers hold: requests name a session by its id alone, and mean one of these.</summary>
internal sealed class HeldSessions
{
    private readonly ConcurrentDictionary<(MessageQueue Queue, string SessionId), SessionHold> _holds = new();

    /// <summary>A receiver holds a session.</summary>
    public void Add(MessageQueue queue, SessionHold hold) => _holds[(queue, hold.SessionId)] = hold;

    /// <summary>A receiver lets go of it, unless another one has it by now.</summary>
    public void Remove(MessageQueue queue, SessionHold hold) => _holds.TryRemove(new((queue, hold.SessionId), hold));

    /// <summary>The hold on a session; none if no receiver of this connection has it.</summary>
    public SessionHold? Find(MessageQueue queue, string sessionId) => _holds.GetValueOrDefault((queue, sessionId));
}
