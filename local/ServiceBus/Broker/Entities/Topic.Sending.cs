namespace EventFunctions.Local.ServiceBus;

internal sealed partial class Topic
{
    private Unavailability? WhyNotSend =>
        IsDeleted ? Unavailability.Deleted
        : Definition.Status is EntityStatus.Disabled or EntityStatus.SendDisabled ? Unavailability.Disabled
        : null;

    /// <inheritdoc />
    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SendRules.Refuse(messages, MaxMessageSizeInBytes, requiresSession: false, out var size) is { } refusal)
        {
            return refusal;
        }

        // Before the gate: rules need nothing but the message.
        var subscriptions = _subscriptions;
        var verdicts = new RuleVerdict[messages.Count][];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = JudgedBy(subscriptions, messages[i]);
        }

        var numbers = new long[messages.Count];
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            RunDue(now);
            if (WhyNotTake(size) is { } full)
            {
                return full;
            }

            for (var i = 0; i < numbers.Length; i++)
            {
                var current = ReferenceEquals(subscriptions, _subscriptions) ? verdicts[i] : JudgedBy(_subscriptions, messages[i]);
                numbers[i] = Accept(messages[i], current, now);
            }

            Finish(now);
        }

        await Shard.LoggedAsync(cancellationToken);
        return new SendOutcome.Accepted(numbers);
    }

    /// <inheritdoc />
    public SendOutcome? TakeForwarded(BrokerMessage message, DateTimeOffset now)
    {
        if ((SendRules.Refuse([message], MaxMessageSizeInBytes, requiresSession: false, out var size) ?? WhyNotTake(size)) is { } refusal)
        {
            return refusal;
        }

        RunDue(now);
        Accept(message, JudgedBy(_subscriptions, message), now);
        Finish(now);
        return null;
    }

    /// <inheritdoc />
    public async ValueTask<CancelOutcome> CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            RunDue(now);
            if (IsDeleted)
            {
                return new CancelOutcome.Unavailable(Unavailability.Deleted);
            }

            foreach (var number in sequenceNumbers)
            {
                if (!_state.Schedule.Contains(number))
                {
                    return new CancelOutcome.NotFound(number);
                }
            }

            foreach (var number in sequenceNumbers.Distinct())
            {
                Commit(new TopicRecord.ScheduleCancelled(number));
            }
        }

        await Shard.LoggedAsync(cancellationToken);
        return new CancelOutcome.Cancelled();
    }

    private SendOutcome? WhyNotTake(long size)
    {
        var limit = Definition.MaxSizeInMegabytes * 1024L * 1024L;
        return WhyNotSend is { } why ? new SendOutcome.Unavailable(why)
            : Shard.Meter.Bytes + size > limit ? new SendOutcome.QuotaExceeded(Shard.Meter.Bytes, limit)
            : null;
    }

    /// <summary>Takes one message in; a duplicate succeeds, leaves no trace, and has the number of the first.</summary>
    private long Accept(BrokerMessage message, RuleVerdict[] verdicts, DateTimeOffset now)
    {
        if (_state.Duplicates?.TryFind(message.MessageId, out var first) == true)
        {
            return first;
        }

        var number = _state.LastSequenceNumber + 1;

        if (message.ScheduledEnqueueTime is { } dueAt && dueAt > now)
        {
            Commit(new TopicRecord.Scheduled(number, message, now, dueAt));
            return number;
        }

        Publish(message, verdicts, scheduledAs: null, now);
        return number;
    }

    private void Publish(BrokerMessage message, RuleVerdict[] verdicts, long? scheduledAs, DateTimeOffset at)
    {
        var copies = new List<TopicCopy>(_subscriptions.Length);
        for (var i = 0; i < verdicts.Length; i++)
        {
            TopicCopies.Add(copies, _subscriptions[i], verdicts[i], message, at);
        }

        Commit(new TopicRecord.Published(_state.LastSequenceNumber + 1, scheduledAs, message, at, copies));
    }

    private static RuleVerdict[] JudgedBy(Subscription[] subscriptions, BrokerMessage message) =>
        Array.ConvertAll(subscriptions, s => s.Rules.Judge(message));
}
