namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    /// <summary>Receives what is there, or waits for something to come.</summary>
    /// <param name="request">How much, and how.</param>
    /// <param name="hold">The session to receive from, in an entity with sessions.</param>
    /// <param name="maxWait">How long to wait; zero to only look.</param>
    /// <param name="cancellation">Ends the wait; what was handed over by then is still returned, and nothing is afterwards.</param>
    public async ValueTask<ReceiveOutcome> ReceiveAsync(
        ReceiveRequest request, SessionHold? hold, TimeSpan maxWait, Cancellation cancellation)
    {
        if (TryReceive(request, hold, maxWait > TimeSpan.Zero, out var line, out var waiter, cancellation) is { } outcome)
        {
            await HandedOverAsync();
            return outcome;
        }

        outcome = await line!.WaitAsync(waiter!, ReceiveOutcome.Nothing, maxWait);
        await HandedOverAsync();
        return outcome;
    }

    /// <summary>Receives deferred messages by their numbers: all of them, or none.</summary>
    public async ValueTask<ReceiveOutcome> ReceiveDeferredAsync(
        IReadOnlyList<long> sequenceNumbers, bool delete, SessionHold? hold, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = TryReceiveDeferred(sequenceNumbers, delete, hold);
        await HandedOverAsync();
        return outcome;
    }

    /// <summary>Waits for the log. Not to be cancelled: what is locked by then would be kept by nobody until its lock ends.</summary>
    private ValueTask HandedOverAsync() => Shard.LoggedAsync(CancellationToken.None);

    /// <summary>Begins a receive, under the gate; <see langword="false"/> if the session it is for is not held by it any more.</summary>
    private bool TryBegin(SessionHold? hold, out DateTimeOffset now, out SessionEntry? session)
    {
        now = Shard.Now();
        Times.AccessedAt = now;
        Expire(now);
        session = hold is null ? null : HeldSession(hold);
        if (hold is null || session is not null)
        {
            return true;
        }

        Finish(now);
        return false;
    }

    private ReceiveOutcome? TryReceive(
        ReceiveRequest request,
        SessionHold? hold,
        bool mayWait,
        out WaitList<ReceiveRequest, ReceiveOutcome>? line,
        out WaitList<ReceiveRequest, ReceiveOutcome>.Waiter? waiter,
        Cancellation cancellation)
    {
        (line, waiter) = (null, null);
        using (Shard.Enter())
        {
            // Under the gate, so that what a receiver hands back after it was told to stop can't come in to it again.
            cancellation.ThrowIfRequested();
            if (WhyNotReceive is { } why)
            {
                return new ReceiveOutcome.Unavailable(why);
            }

            if (!TryBegin(hold, out var now, out var session))
            {
                return new ReceiveOutcome.SessionLockLost();
            }

            if (session is not null)
            {
                _leaving.Remove(session.Id); // asked to let go, its holder has come back instead
            }

            var got = Take(request, session, now);
            Finish(now);
            if (got.Count > 0)
            {
                return new ReceiveOutcome.Received(got);
            }

            if (!mayWait)
            {
                return ReceiveOutcome.Nothing;
            }

            line = session is null ? _receivers : _holders[session.Id];
            waiter = line.Join(request, cancellation, IsIdle(request, session) ? _idle : null);
            LetIdleHoldersGo();
            return null;
        }
    }

    private ReceiveOutcome TryReceiveDeferred(IReadOnlyList<long> sequenceNumbers, bool delete, SessionHold? hold)
    {
        using (Shard.Enter())
        {
            if (WhyNotReceive is { } why)
            {
                return new ReceiveOutcome.Unavailable(why);
            }

            if (!TryBegin(hold, out var now, out var session))
            {
                return new ReceiveOutcome.SessionLockLost();
            }

            var found = new List<StoredMessage>(sequenceNumbers.Count);
            foreach (var number in sequenceNumbers.Distinct())
            {
                var message = State.Messages.Find(number);
                if (message is not { Place: MessagePlace.Deferred } || (session is not null && message.Session != session))
                {
                    Finish(now);
                    return new ReceiveOutcome.NotFound(number);
                }

                found.Add(message);
            }

            var got = found.ConvertAll(message => Hand(message, delete, session, now));
            Finish(now);
            return new ReceiveOutcome.Received(got);
        }
    }

    /// <summary>Gives to those who wait, in their order. The gate is held.</summary>
    private void Pump(DateTimeOffset now)
    {
        if (WhyNotReceive is { } why)
        {
            if (why == Unavailability.Forwarding)
            {
                WakeForwarder(now);
            }

            return;
        }

        if (!Settings.RequiresSession)
        {
            Serve(_receivers, null, now);
            return;
        }

        while (State.Sessions.TakeStirred() is { } session)
        {
            if (_holders.TryGetValue(session.Id, out var line))
            {
                Serve(line, session, now);
            }
        }

        while (_acceptors.TryFirst(out _) && NextSession(now) is { } next)
        {
            _acceptors.ResolveFirst(new AcceptOutcome.Accepted(Hold(next.Id, now)));
        }

        LetIdleHoldersGo();
    }

    /// <summary>
    /// Ends the waits of as many idle holders as there are sessions without one, so that a drained session never keeps a waiting
    /// one from being processed. The gate is held.
    /// </summary>
    private void LetIdleHoldersGo()
    {
        while (_idle.TryFirst(out var request) && State.Sessions.Waiting > _leaving.Count)
        {
            _leaving.Add(request.IdleIn!);
            _idle.ResolveFirst(new ReceiveOutcome.WantedElsewhere());
        }
    }

    /// <summary>
    /// Whether a holder waits for nothing but new messages. One that keeps unsettled messages is not idle: letting go would bring
    /// them back at once, to be received again without end.
    /// </summary>
    private static bool IsIdle(ReceiveRequest request, SessionEntry? session) =>
        request.IdleIn is not null && session is { Held.Count: 0 };

    private void Serve(WaitList<ReceiveRequest, ReceiveOutcome> line, SessionEntry? session, DateTimeOffset now)
    {
        while (line.TryFirst(out var request))
        {
            var got = Take(request, session, now);
            if (got.Count == 0)
            {
                return;
            }

            line.ResolveFirst(new ReceiveOutcome.Received(got));
        }
    }

    private List<Delivery> Take(ReceiveRequest request, SessionEntry? session, DateTimeOffset now)
    {
        var available = session?.Available ?? State.Available;
        var got = new List<Delivery>();
        while (got.Count < request.MaxMessages && FirstAlive(available, now) is { } head)
        {
            got.Add(Hand(head, request.Delete, session, now));
        }

        return got;
    }

    /// <summary>The next message to deliver, after those before it whose time is over have gone.</summary>
    private StoredMessage? FirstAlive(AvailableMessages available, DateTimeOffset now)
    {
        while (available.Head is { } head)
        {
            if (head.ExpiresAt > now)
            {
                return head;
            }

            Commit(QueueDecisions.Expire(head, Settings, NextDeadLetterNumber));
        }

        return null;
    }

    private Delivery Hand(StoredMessage message, bool delete, SessionEntry? session, DateTimeOffset now)
    {
        var place = message.Place;
        if (delete)
        {
            var delivery = Delivery.Of(message, place, withLock: false);
            Commit(new QueueRecord.Removed(message.SequenceNumber));
            return delivery;
        }

        var until = session?.LockedUntil ?? now + Settings.LockDuration;
        Commit(new QueueRecord.Locked(message.SequenceNumber, Shard.NewLockToken(), until));
        return Delivery.Of(message, place, withLock: true);
    }
}
