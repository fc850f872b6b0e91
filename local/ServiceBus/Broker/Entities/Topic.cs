namespace EventFunctions.Local.ServiceBus;

/// <summary>A topic: takes messages in once and gives each subscription that wants one a copy of its own.</summary>
internal sealed partial class Topic : ISendTarget
{
    private readonly uint _number;

    /// <summary>Replaced as a whole, under the gate: rules are asked before it is taken.</summary>
    private volatile Subscription[] _subscriptions = [];

    private readonly TopicState _state;

    public Topic(TopicDefinition definition, EntityShard shard, DateTimeOffset createdAt, bool isDeclared = false)
    {
        _number = shard.Number;
        IsDeclared = isDeclared;
        Definition = definition;
        Shard = shard;
        Times = new EntityTimes(createdAt);
        _state = new TopicState(
            definition.RequiresDuplicateDetection ? definition.DuplicateDetectionHistoryTimeWindow : null,
            number => (Find(number) ?? throw new InvalidOperationException($"{Path} has no subscription {number}.")).Queue,
            shard.Meter,
            shard.Messages);
        shard.Add(this);
    }

    /// <inheritdoc />
    public string Path => Definition.Name;

    /// <summary>How it was declared, or last changed to be; without its subscriptions.</summary>
    public TopicDefinition Definition { get; private set; }

    /// <summary>Whether the topology declares it, and not the administration.</summary>
    public bool IsDeclared { get; private set; }

    /// <inheritdoc />
    public EntityShard Shard { get; }

    /// <inheritdoc />
    public long MaxMessageSizeInBytes => Definition.MaxMessageSizeInKilobytes * 1024L;

    /// <summary>When it was made, changed and used.</summary>
    public EntityTimes Times { get; }

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Its subscriptions as they are now.</summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    /// <summary>What it keeps itself.</summary>
    public TopicState State => _state;

    /// <inheritdoc />
    public DateTimeOffset NextDue => _state.Schedule.NextDue;

    /// <inheritdoc />
    public void RunDue(DateTimeOffset now)
    {
        _state.Duplicates?.ForgetBefore(now);
        var any = false;
        while (_state.Schedule.First is { } scheduled && scheduled.DueAt <= now)
        {
            Publish(scheduled.Message, JudgedBy(_subscriptions, scheduled.Message), scheduled.SequenceNumber, scheduled.DueAt);
            any = true;
        }

        if (any)
        {
            Finish(now);
        }
    }

    /// <summary>Scheduled messages from a number on, in order. All others are its subscriptions'.</summary>
    public IReadOnlyList<Delivery> Peek(long fromSequenceNumber, int maxMessages)
    {
        using (Shard.Enter())
        {
            Times.AccessedAt = Shard.Now();
            return _state.Schedule.From(fromSequenceNumber).Take(maxMessages).Select(m => m.Peeked()).ToList();
        }
    }

    /// <summary>What the administration tells of it: it has no messages of its own but those that wait for their time.</summary>
    public RuntimeCounts GetRuntimeCounts()
    {
        using (Shard.Enter())
        {
            var scheduled = _state.Schedule.Count;
            return new RuntimeCounts(0, scheduled, 0, 0, 0, scheduled, Shard.Meter.Bytes);
        }
    }

    /// <summary>The subscription of that name, whatever its letter case.</summary>
    public Subscription? Find(string name) => Array.Find(_subscriptions, s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The subscription of that number.</summary>
    public Subscription? Find(uint number) => Array.Find(_subscriptions, s => s.Number == number);

    /// <summary>Copies go to it from now on. The gate is held.</summary>
    public void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    /// <summary>It ends, with all its copies. The gate is held.</summary>
    public void Remove(Subscription subscription)
    {
        _subscriptions = Array.FindAll(_subscriptions, s => s != subscription);
        subscription.Queue.End();
    }

    /// <summary>Goes by another definition from now on, and its subscriptions with it. The gate is held.</summary>
    public void Become(CatalogueRecord.TopicUpdated updated)
    {
        var definition = updated.Definition;
        (Definition, IsDeclared, Times.UpdatedAt) = (definition, updated.IsDeclared, updated.At);
        if (_state.Duplicates is { } duplicates)
        {
            duplicates.Window = definition.DuplicateDetectionHistoryTimeWindow;
        }

        foreach (var subscription in _subscriptions)
        {
            subscription.Queue.Become(QueueSettings.Of(definition, subscription.Definition));
        }
    }

    /// <summary>A subscription goes by another definition from now on. The gate is held.</summary>
    public void Become(Subscription subscription, CatalogueRecord.SubscriptionUpdated updated)
    {
        subscription.Become(updated);
        subscription.Queue.Become(QueueSettings.Of(Definition, updated.Definition));
        _subscriptions = [.. _subscriptions]; // so that a sender notices that its verdicts are old
    }

    /// <summary>Ends with all its subscriptions. The gate is held.</summary>
    public void End()
    {
        IsDeleted = true;
        Shard.Remove(this);
        foreach (var subscription in _subscriptions)
        {
            Remove(subscription);
        }
    }

    private void Commit(TopicRecord record)
    {
        Shard.Note(new EntityAddress(_number), record);
        _state.Apply(record);
    }

    private void Finish(DateTimeOffset now)
    {
        foreach (var subscription in _subscriptions)
        {
            // Locks first: a copy must not go to a holder whose time is over, though the alarm that says so is still to come.
            subscription.Queue.RunDue(now);
        }

        Shard.Arm(NextDue);
    }
}
