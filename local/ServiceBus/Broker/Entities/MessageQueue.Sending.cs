namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue : ISendTarget
{
    /// <inheritdoc />
    public long MaxMessageSizeInBytes => Settings.MaxMessageSizeInBytes;

    /// <inheritdoc />
    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SendRules.Refuse(messages, MaxMessageSizeInBytes, Settings.RequiresSession, out var size) is { } refusal)
        {
            return refusal;
        }

        var numbers = new long[messages.Count];
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            if (WhyNotTake(size) is { } full)
            {
                Finish(now);
                return full;
            }

            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Accept(messages[i], now);
            }

            Finish(now);
        }

        await Shard.LoggedAsync(cancellationToken);
        return new SendOutcome.Accepted(numbers);
    }

    /// <inheritdoc />
    public async ValueTask<CancelOutcome> CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            Finish(now);
            if (IsDeleted)
            {
                return new CancelOutcome.Unavailable(Unavailability.Deleted);
            }

            foreach (var number in sequenceNumbers)
            {
                if (!State.Schedule.Contains(number))
                {
                    return new CancelOutcome.NotFound(number);
                }
            }

            foreach (var number in sequenceNumbers.Distinct())
            {
                Commit(new QueueRecord.ScheduleCancelled(number));
            }
        }

        await Shard.LoggedAsync(cancellationToken);
        return new CancelOutcome.Cancelled();
    }

    /// <inheritdoc />
    public SendOutcome? TakeForwarded(BrokerMessage message, DateTimeOffset now)
    {
        if ((SendRules.Refuse([message], MaxMessageSizeInBytes, Settings.RequiresSession, out var size) ?? WhyNotTake(size)) is { } refusal)
        {
            return refusal;
        }

        Expire(now);
        Accept(message, now);
        return null;
    }

    private SendOutcome? WhyNotTake(long size) =>
        WhyNotSend is { } why ? new SendOutcome.Unavailable(why)
        : Shard.Meter.Bytes + size > Settings.MaxSizeInBytes ? new SendOutcome.QuotaExceeded(Shard.Meter.Bytes, Settings.MaxSizeInBytes)
        : null;

    /// <summary>Takes one message in; a duplicate succeeds, leaves no trace, and has the number of the first.</summary>
    private long Accept(BrokerMessage message, DateTimeOffset now)
    {
        if (State.Duplicates?.TryFind(message.MessageId, out var first) == true)
        {
            return first;
        }

        var number = State.LastSequenceNumber + 1;

        Commit(message.ScheduledEnqueueTime is { } dueAt && dueAt > now
            ? new QueueRecord.Scheduled(number, message, now, dueAt)
            : new QueueRecord.Enqueued(number, number, message, now, message.ExpiresAt(now, Settings.DefaultTimeToLive)));
        return number;
    }
}
