namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    private static readonly TimeSpan ForwardAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>From when on the forwarder is to be woken: the minimum for at once, the maximum while it is awake.</summary>
    private DateTimeOffset _forwardAt = DateTimeOffset.MinValue;

    /// <summary>
    /// Forwards the next message. One that its target does not take goes to the dead-letter queue; in a dead-letter queue it stays
    /// until the target takes it. Both gates are held.
    /// </summary>
    /// <returns>Whether a message has left.</returns>
    public bool ForwardNext(ISendTarget? target, DateTimeOffset now)
    {
        if (WhyNotReceive != Unavailability.Forwarding || FirstAlive(State.Available, now) is not { } head)
        {
            return false;
        }

        var message = head.Message.Read();
        var hops = (message.Forwarding?.Hops ?? 0) + 1;
        IReadOnlyDictionary<string, object>? reason = DeadLetterReasons.TooManyHops;
        if (hops <= EntityLimits.Hops)
        {
            var forwarded = message with
            {
                Forwarding = new Forwarding(head.EnqueuedSequenceNumber, hops, head.DeadLetterSource),
                ScheduledEnqueueTime = null,
            };
            var refusal = target is null ? new SendOutcome.Unavailable(Unavailability.Deleted) : target.TakeForwarded(forwarded, now);
            if (refusal is null)
            {
                Commit(new QueueRecord.Removed(head.SequenceNumber));
                return true;
            }

            reason = DeadLetterReasons.NotForwarded(Settings.ForwardTo!, refusal);
        }

        if (DeadLetterQueue is null)
        {
            return false;
        }

        Commit(new QueueRecord.DeadLettered(head.SequenceNumber, NextDeadLetterNumber, head.DeliveryCount, reason));
        return true;
    }

    /// <summary>The forwarder has done what it can: what is left is tried again later, what comes at once. The gate is held.</summary>
    public void RestForwarding(DateTimeOffset now) =>
        _forwardAt = State.Available.Head is null ? DateTimeOffset.MinValue : now + ForwardAgainAfter;

    private void WakeForwarder(DateTimeOffset now)
    {
        if (State.Available.Head is not null && now >= _forwardAt)
        {
            _forwardAt = DateTimeOffset.MaxValue;
            Shard.Forwarder?.Wake(this);
        }
    }
}
