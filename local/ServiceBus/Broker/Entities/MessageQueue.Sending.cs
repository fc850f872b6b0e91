namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue : ISendTarget
{
    /// <inheritdoc />
    public long MaxMessageSizeInBytes => Settings.MaxMessageSizeInBytes;

    /// <inheritdoc />
    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SendRules.Refuse(messages, MaxMessageSizeInBytes, Settings.RequiresSession) is { } refusal)
        {
            return refusal;
        }

        var numbers = new long[messages.Count];
        lock (Shard.Gate)
        {
            var now = Shard.Now();
            Expire(now);
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
        lock (Shard.Gate)
        {
            var now = Shard.Now();
            Expire(now);
            Finish(now);
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
