namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The session a receiver asks for.</summary>
/// <param name="SessionId">Which; none for the one that has waited longest.</param>
/// <param name="Patience">How long it waits for one.</param>
internal sealed record SessionRequest(string? SessionId, TimeSpan Patience);

/// <summary>Sends what a queue, subscription, sub-queue or session has, as far as the receiver has credit for it.</summary>
internal sealed class QueueSource(AmqpConnection connection, MessageQueue queue, SessionRequest? session, bool delete) : IDeliverySource
{
    private const string SessionFilter = "com.microsoft:session-filter";
    private const string LockedUntil = "com.microsoft:locked-until-utc";

    /// <summary>How many messages are taken from the queue at a time, so that one receiver with much credit does not take all of them.</summary>
    private const int MaxAtOnce = 100;

    private readonly AmqpWriter _message = new(1024);
    private readonly Queue<Delivery> _taken = new();
    private SessionHold? _hold;

    /// <inheritdoc />
    public async ValueTask<Performative.Attach> OpenAsync(Performative.Attach answer, CancellationToken closed)
    {
        if (session is null)
        {
            return answer;
        }

        var outcome = session.SessionId is { } id
            ? await queue.AcceptSessionAsync(id, closed)
            : await queue.AcceptNextSessionAsync(session.Patience, closed);
        _hold = SessionErrors.ThrowUnlessAccepted(outcome, queue.Path);
        connection.Holds.Add(queue, _hold);
        return answer with
        {
            Source = new Source(answer.Source?.Address, new AmqpMap { { new AmqpSymbol(SessionFilter), _hold.SessionId } }),
            Properties = new AmqpMap { { new AmqpSymbol(LockedUntil), _hold.LockedUntil.UtcTicks } },
        };
    }

    /// <inheritdoc />
    public async Task RunAsync(OutgoingLink link, CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            var demand = link.Demand();
            if (demand.Credit == 0 && !demand.IsDraining)
            {
                await demand.Changed.WaitAsync(closed);
                continue;
            }

            if (_taken.Count == 0)
            {
                await TakeAsync(link, demand);
            }

            if (_taken.Count == 0 && demand.IsDraining)
            {
                link.Drained(demand.Version);
            }

            await SendTakenAsync(link);
        }
    }

    /// <inheritdoc />
    public async ValueTask<DeliveryState> SettleAsync(Guid lockToken, DeliveryState? outcome, CancellationToken cancellationToken)
    {
        if (outcome is DeliveryState.Transactional)
        {
            return Transactions.Refused;
        }

        LockErrors.ThrowUnlessDone(await queue.SettleAsync(lockToken, Settlements.Of(outcome), _hold, cancellationToken), queue.Path);
        return DeliveryState.Accept;
    }

    /// <inheritdoc />
    public async ValueTask CloseAsync()
    {
        await GiveBackAsync();
        if (_hold is { } hold)
        {
            connection.Holds.Remove(queue, hold);
            await queue.ReleaseSessionAsync(hold, CancellationToken.None);
        }
    }

    private async Task TakeAsync(OutgoingLink link, Demand demand)
    {
        var request = new ReceiveRequest(Math.Min(demand.Credit, MaxAtOnce), delete);
        if (demand.Credit > 0)
        {
            Keep(await queue.ReceiveAsync(request, _hold, TimeSpan.Zero, default));
        }

        if (_taken.Count > 0 || demand.IsDraining || link.BeginWait(demand.Version) is not { } wait)
        {
            return;
        }

        try
        {
            Keep(await queue.ReceiveAsync(request, _hold, TimeSpan.MaxValue, wait.Token));
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested)
        {
            // The receiver wants less than it did, or nothing any more: the next demand tells.
        }
        finally
        {
            link.EndWait();
        }
    }

    private void Keep(ReceiveOutcome outcome)
    {
        foreach (var delivery in LockErrors.ThrowUnlessReceived(outcome, queue.Path))
        {
            _taken.Enqueue(delivery);
        }
    }

    private async Task SendTakenAsync(OutgoingLink link)
    {
        while (_taken.TryPeek(out var delivery))
        {
            _message.Clear();
            _message.WriteMessage(delivery);
            var tag = delete ? Guid.NewGuid() : delivery.LockToken;
            if (!await link.SendAsync(_message.Written, tag.ToByteArray(), delete ? null : delivery.LockToken))
            {
                // What was removed for a receiver waits for its credit; what was only locked goes to others meanwhile.
                await GiveBackAsync();
                return;
            }

            _taken.Dequeue();
        }
    }

    private async Task GiveBackAsync()
    {
        while (!delete && _taken.TryDequeue(out var delivery))
        {
            // Whatever becomes of it: a lock that is lost by now has given the message back, too.
            _ = await queue.SettleAsync(delivery.LockToken, new Settlement.Release(), _hold, CancellationToken.None);
        }
    }
}
