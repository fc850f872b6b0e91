namespace EventFunctions.Local.ServiceBus;

/// <summary>Which copies of a message a subscription gets. No state is changed here.</summary>
internal static class TopicCopies
{
    /// <summary>Adds the copies for a subscription.</summary>
    public static void Add(
        List<TopicCopy> copies, Subscription subscription, RuleVerdict verdict, BrokerMessage message, DateTimeOffset at)
    {
        var (number, queue) = (subscription.Number, subscription.Queue);
        var (next, nextDead) = (queue.State.LastSequenceNumber + 1, queue.DeadLetterQueue!.State.LastSequenceNumber + 1);
        switch (verdict)
        {
            case RuleVerdict.Failed { Reason: { } reason }:
                copies.Add(new TopicCopy(number, nextDead, DateTimeOffset.MaxValue, reason, Changed: null));
                break;
            case RuleVerdict.Selected selected:
                if (selected.Unchanged)
                {
                    Place(null);
                }

                foreach (var changed in selected.Changed)
                {
                    Place(changed);
                }

                break;
        }

        void Place(BrokerMessage? changed)
        {
            var copied = changed ?? message;
            copies.Add(queue.Settings.RequiresSession && copied.SessionId is null
                ? new TopicCopy(number, nextDead++, DateTimeOffset.MaxValue, DeadLetterReasons.SessionIdMissing, changed)
                : new TopicCopy(number, next++, copied.ExpiresAt(at, queue.Settings.DefaultTimeToLive), DeadLetterReason: null, changed));
        }
    }
}
