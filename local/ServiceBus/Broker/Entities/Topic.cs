namespace EventFunctions.Local.ServiceBus;

/// <summary>A topic: takes messages in once and gives each subscription that wants one a copy of its own.</summary>
internal sealed class Topic : ISendTarget, IDueWork
{
    private readonly EntityShard _shard;
    private readonly TimeSpan _defaultTimeToLive;
    private readonly Subscription[] _subscriptions;
    private readonly TopicState _state;

    public Topic(TopicDefinition definition, EntityShard shard)
    {
        _shard = shard;
        Path = definition.Name;
        MaxMessageSizeInBytes = definition.MaxMessageSizeInKilobytes * 1024L;
        _defaultTimeToLive = definition.DefaultMessageTimeToLive;
        _subscriptions = [.. definition.Subscriptions.Select(s => new Subscription(
            s.Name, new SubscriptionRules(s), new MessageQueue(Settings(definition, s), shard)))];
        Subscriptions = _subscriptions.ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);
        _state = new TopicState(
            definition.RequiresDuplicateDetection ? definition.DuplicateDetectionHistoryTimeWindow : null, Subscriptions);
        shard.Add(this);
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public long MaxMessageSizeInBytes { get; }

    public IReadOnlyDictionary<string, Subscription> Subscriptions { get; }

    /// <inheritdoc />
    public DateTimeOffset NextDue => _state.Schedule.TryFirst(out _, out _, out var dueAt) ? dueAt : DateTimeOffset.MaxValue;

    /// <inheritdoc />
    public void RunDue(DateTimeOffset now)
    {
        _state.Duplicates?.ForgetBefore(now);
        if (NextDue > now)
        {
            return;
        }

        while (_state.Schedule.TryFirst(out var number, out var message, out var dueAt) && dueAt <= now)
        {
            Publish(message, RulesFor(message), number, dueAt);
        }

        Finish(now);
    }

    /// <inheritdoc />
    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SendRules.Refuse(messages, MaxMessageSizeInBytes, requiresSession: false) is { } refusal)
        {
            return refusal;
        }

        var verdicts = new RuleVerdict[messages.Count][];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = RulesFor(messages[i]); // before the gate: filters need nothing but the message
        }

        var numbers = new long[messages.Count];
        lock (_shard.Gate)
        {
            var now = _shard.Now();
            RunDue(now);
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Accept(messages[i], verdicts[i], now);
            }

            Finish(now);
        }

        await _shard.LoggedAsync(cancellationToken);
        return new SendOutcome.Accepted(numbers);
    }

    /// <inheritdoc />
    public async ValueTask<CancelOutcome> CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_shard.Gate)
        {
            RunDue(_shard.Now());
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

        await _shard.LoggedAsync(cancellationToken);
        return new CancelOutcome.Cancelled();
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
            if (CopyFor(_subscriptions[i], verdicts[i], message, at) is { } copy)
            {
                copies.Add(copy);
            }
        }

        Commit(new TopicRecord.Published(_state.LastSequenceNumber + 1, scheduledAs, message, at, copies));
    }

    private TopicCopy? CopyFor(Subscription subscription, RuleVerdict verdict, BrokerMessage message, DateTimeOffset at)
    {
        var queue = subscription.Queue;
        return verdict switch
        {
            RuleVerdict.NotSelected => null,
            RuleVerdict.Failed { Reason: { } reason } => Dead(reason),
            RuleVerdict.Failed => null,
            _ when queue.Settings.RequiresSession && message.SessionId is null => Dead(DeadLetterReasons.SessionIdMissing),
            _ => new TopicCopy(
                subscription.Name,
                queue.State.LastSequenceNumber + 1,
                message.ExpiresAt(at, queue.Settings.DefaultTimeToLive),
                DeadLetterReason: null),
        };

        TopicCopy Dead(IReadOnlyDictionary<string, object> reason) => new(
            subscription.Name, queue.DeadLetterQueue!.State.LastSequenceNumber + 1, DateTimeOffset.MaxValue, reason);
    }

    private RuleVerdict[] RulesFor(BrokerMessage message) => Array.ConvertAll(_subscriptions, s => s.Rules.Judge(message));

    private void Commit(TopicRecord record)
    {
        _shard.Append(Path, record);
        _state.Apply(record);
    }

    private void Finish(DateTimeOffset now)
    {
        foreach (var subscription in _subscriptions)
        {
            // Locks first: a copy must not go to a holder whose time is over, though the alarm that says so is still to come.
            subscription.Queue.RunDue(now);
        }

        _shard.Arm(NextDue);
    }

    private QueueSettings Settings(TopicDefinition topic, SubscriptionDefinition subscription) => new(
        EntityPath.Subscription(topic.Name, subscription.Name),
        subscription.RequiresSession,
        subscription.LockDuration,
        subscription.MaxDeliveryCount,
        subscription.DefaultMessageTimeToLive < _defaultTimeToLive ? subscription.DefaultMessageTimeToLive : _defaultTimeToLive,
        subscription.DeadLetteringOnMessageExpiration,
        DuplicateWindow: null,
        MaxMessageSizeInBytes);
}
