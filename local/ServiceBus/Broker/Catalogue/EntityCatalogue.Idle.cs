namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>
    /// Deletes what nobody has used for long enough. Who waits to receive uses it, and so does a scheduled message (Microsoft Learn,
    /// "Service Bus queues, topics and subscriptions", "Idleness").
    /// </summary>
    /// <returns>When to look again.</returns>
    private DateTimeOffset DeleteIdle(DateTimeOffset now)
    {
        lock (_gate)
        {
            var next = DateTimeOffset.MaxValue;
            foreach (var entity in _queues.Values.ToList())
            {
                var (idle, used) = (entity.Definition.AutoDeleteOnIdle, LastUse(entity.Queue, now));
                Look(idle, used, () => Delete(entity), ref next);
            }

            foreach (var topic in _topics.Values.ToList())
            {
                var last = topic.State.Schedule.Count > 0 ? now : topic.Times.AccessedAt;
                foreach (var subscription in topic.Subscriptions)
                {
                    var used = LastUse(subscription.Queue, now);
                    last = used > last ? used : last;
                    Look(subscription.Definition.AutoDeleteOnIdle, used, () => Delete(topic, subscription), ref next);
                }

                Look(topic.Definition.AutoDeleteOnIdle, last, () => Delete(topic), ref next);
            }

            return next;
        }

        void Look(TimeSpan idle, DateTimeOffset used, Action delete, ref DateTimeOffset next)
        {
            if (idle > TimeSpan.FromDays(365_000))
            {
                return; // for ever
            }

            var due = used + idle;
            if (due <= now)
            {
                delete();
            }
            else if (due < next)
            {
                next = due;
            }
        }
    }

    private static DateTimeOffset LastUse(MessageQueue queue, DateTimeOffset now)
    {
        using (queue.Shard.Enter())
        {
            return queue.HasWaiters || queue.State.Schedule.Count > 0 ? now : queue.Times.AccessedAt;
        }
    }
}
