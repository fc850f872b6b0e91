namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Moves messages on from entities that forward (Microsoft Learn, "Chaining Service Bus entities with autoforwarding"). A move is one
/// step of both entities and one record of the log: whatever happens, the message is in one of them and not in both.
/// </summary>
/// <param name="find">Finds what messages are forwarded to.</param>
internal sealed class Forwarder(Func<string, ISendTarget?> find)
{
    /// <summary>So that nobody waits long for the two gates.</summary>
    private const int MovesPerStep = 100;

    /// <summary>Begins to forward what is there. Returns at once; the source's gate may be held.</summary>
    public void Wake(MessageQueue source) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Forwarder.Run(work.Source), (Forwarder: this, Source: source), preferLocal: false);

    private void Run(MessageQueue source)
    {
        try
        {
            while (MoveSome(source))
            {
            }
        }
        catch (Azure.Messaging.ServiceBus.ServiceBusException) when (source.Shard.IsFailed)
        {
            // The log has failed; what was to be forwarded is forwarded after the next start.
        }
    }

    /// <returns>Whether there may be more.</returns>
    private bool MoveSome(MessageQueue source)
    {
        var path = source.Settings.ForwardTo;
        var target = path is null ? null : find(path);
        using (target is null ? source.Shard.Enter() : EntityShard.Enter(source.Shard, target.Shard))
        {
            if (path is not null && source.Settings.ForwardTo != path)
            {
                return true; // told to forward elsewhere meanwhile
            }

            var now = source.Shard.Now();
            var moves = 0;
            while (moves < MovesPerStep && source.ForwardNext(target, now))
            {
                moves++;
            }

            if (moves < MovesPerStep)
            {
                source.RestForwarding(now);
            }

            source.RunDue(now);
            target?.RunDue(target.Shard.Now());
            return moves == MovesPerStep;
        }
    }
}
