namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    /// <summary>Messages from a number on, in order, whatever their place; nothing is locked or counted.</summary>
    public IReadOnlyList<Delivery> Peek(long fromSequenceNumber, int maxMessages, string? sessionId)
    {
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            return State.Messages.From(fromSequenceNumber)
                .Where(m => sessionId is null || (m.Session?.Id ?? m.Message.Read().SessionId) == sessionId)
                .Take(maxMessages)
                .Select(m => Delivery.Of(m, m.Place, withLock: false))
                .Concat(State.Schedule.From(fromSequenceNumber).Where(m => sessionId is null || m.Message.SessionId == sessionId).Take(maxMessages).Select(m => m.Peeked()))
                .OrderBy(d => d.SequenceNumber)
                .Take(maxMessages)
                .ToList();
        }
    }

    /// <summary>The ids of sessions, in their order.</summary>
    /// <param name="stateSetSince">
    /// Those whose state was set since then, whether or not they have messages (Microsoft Learn, "AMQP 1.0 in Azure Service Bus:
    /// request-response-based operations", "Enumerate sessions"); none for those that have messages to deliver or with a receiver.
    /// </param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="top">The most to return.</param>
    public IReadOnlyList<string> GetSessions(DateTimeOffset? stateSetSince, int skip, int top)
    {
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            return State.Sessions.All
                .Where(s => stateSetSince is { } since ? s.State is not null && s.StateSetAt >= since : s.MessageCount > 0)
                .Select(s => s.Id)
                .Order(StringComparer.Ordinal)
                .Skip(skip)
                .Take(top)
                .ToList();
        }
    }

    /// <summary>What the administration tells of it.</summary>
    public RuntimeCounts GetRuntimeCounts()
    {
        using (Shard.Enter())
        {
            Expire(Shard.Now());
            var inPlace = State.Messages.Count;
            var transfer = Settings.ForwardTo is null ? 0 : State.CountOf(MessagePlace.Available);
            var active = State.CountOf(MessagePlace.Available) + State.CountOf(MessagePlace.Locked) - transfer;
            var (dead, notTransferred) = (DeadLetterQueue!.State, TransferDeadLetterQueue!.State);
            return new RuntimeCounts(
                active,
                State.Schedule.Count,
                dead.Messages.Count,
                transfer,
                notTransferred.Messages.Count,
                inPlace + State.Schedule.Count + dead.Messages.Count + notTransferred.Messages.Count,
                State.Bytes + dead.Bytes + notTransferred.Bytes);
        }
    }
}
