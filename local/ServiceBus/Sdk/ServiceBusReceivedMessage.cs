#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message as a receiver got it.</summary>
public class ServiceBusReceivedMessage
{
    private readonly Delivery _delivery;
    private readonly bool _peeked;
    private BinaryData _body;
    private long _lockedUntilTicks;
    private int _settled;

    internal ServiceBusReceivedMessage(Delivery delivery, bool peeked)
    {
        _delivery = delivery;
        _peeked = peeked;
        _lockedUntilTicks = delivery.LockedUntil.UtcTicks;
    }

    /// <summary>The content.</summary>
    public BinaryData Body => _body ??= BinaryData.FromBytes(_delivery.Message.Body);

    /// <summary>The sender's name for the message.</summary>
    public string MessageId => _delivery.Message.MessageId;

    /// <summary>What keeps it together with others on one partition.</summary>
    public string PartitionKey => _delivery.Message.PartitionKey;

    /// <summary>What keeps it together with others for a transaction's transfer.</summary>
    public string TransactionPartitionKey => _delivery.Message.TransactionPartitionKey;

    /// <summary>The session it belongs to.</summary>
    public string SessionId => _delivery.Message.SessionId;

    /// <summary>The session to answer to.</summary>
    public string ReplyToSessionId => _delivery.Message.ReplyToSessionId;

    /// <summary>How long it may be delivered, as the sender said.</summary>
    public TimeSpan TimeToLive => _delivery.Message.TimeToLive;

    /// <summary>What it belongs to, for the application.</summary>
    public string CorrelationId => _delivery.Message.CorrelationId;

    /// <summary>What it is about.</summary>
    public string Subject => _delivery.Message.Subject;

    /// <summary>Whom it is for, for the application.</summary>
    public string To => _delivery.Message.To;

    /// <summary>The body's media type.</summary>
    public string ContentType => _delivery.Message.ContentType;

    /// <summary>Where to answer to.</summary>
    public string ReplyTo => _delivery.Message.ReplyTo;

    /// <summary>When it was scheduled for; the default if it was not.</summary>
    public DateTimeOffset ScheduledEnqueueTime => _delivery.Message.ScheduledEnqueueTime ?? default;

    /// <summary>Further properties, with the changes of earlier receivers.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties => _delivery.Message.Properties;

    /// <summary>The key to settling it; the empty Guid when there is no lock.</summary>
    public string LockToken => LockTokenGuid.ToString();

    /// <summary>Which delivery this is, from 1; of a peeked message, how many deliveries failed.</summary>
    public int DeliveryCount => _delivery.DeliveryCount + (_peeked ? 0 : 1);

    /// <summary>When the lock ends unless it is renewed.</summary>
    public DateTimeOffset LockedUntil
    {
        get => new(Volatile.Read(ref _lockedUntilTicks), TimeSpan.Zero);
        internal set => Volatile.Write(ref _lockedUntilTicks, value.UtcTicks);
    }

    /// <summary>Its number in the entity.</summary>
    public long SequenceNumber => _delivery.SequenceNumber;

    /// <summary>The entity that dead-lettered it.</summary>
    public string DeadLetterSource => _delivery.DeadLetterSource;

    /// <summary>Its number where it was first sent to.</summary>
    public long EnqueuedSequenceNumber => _delivery.EnqueuedSequenceNumber;

    /// <summary>When it became receivable.</summary>
    public DateTimeOffset EnqueuedTime => _delivery.EnqueuedAt;

    /// <summary>When it stops being deliverable by the sender's word; the maximum if never.</summary>
    public DateTimeOffset ExpiresAt =>
        TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    /// <summary>Why it was dead-lettered.</summary>
    public string DeadLetterReason => TextOf(DeadLetterReasons.ReasonProperty);

    /// <summary>Why it was dead-lettered, at more length.</summary>
    public string DeadLetterErrorDescription => TextOf(DeadLetterReasons.DescriptionProperty);

    /// <summary>Where in its entity it is.</summary>
    public ServiceBusMessageState State => _delivery.Place switch
    {
        MessagePlace.Deferred => ServiceBusMessageState.Deferred,
        MessagePlace.Scheduled => ServiceBusMessageState.Scheduled,
        _ => ServiceBusMessageState.Active,
    };

    internal Guid LockTokenGuid => _delivery.LockToken;

    /// <summary>Whether it was settled through this object; what tells a processor that nothing is left to do.</summary>
    internal bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Its id, for logs.</summary>
    public override string ToString() => $"{{MessageId:{MessageId}}}";

    internal void MarkSettled() => Volatile.Write(ref _settled, 1);

    private string TextOf(string property) =>
        ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;
}
