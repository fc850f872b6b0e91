#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send. Properties are checked when they are set, the types of application properties when it is sent.</summary>
public class ServiceBusMessage
{
    private const int MaxIdLength = 128;

    private string _messageId;
    private string _sessionId;
    private string _partitionKey;
    private string _transactionPartitionKey;
    private string _replyToSessionId;
    private TimeSpan _timeToLive = TimeSpan.MaxValue;
    private BinaryData _body;

    /// <summary>An empty message.</summary>
    public ServiceBusMessage()
        : this(default(ReadOnlyMemory<byte>))
    {
    }

    /// <summary>A message with a text as its body, in UTF-8.</summary>
    public ServiceBusMessage(string body)
        : this(new BinaryData(body))
    {
    }

    /// <summary>A message with a body.</summary>
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    /// <summary>A message with a body.</summary>
    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        _body = body;
    }

    /// <summary>A copy of a received message to send again, without what the broker added to it.</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
        : this(receivedMessage?.Body ?? throw new ArgumentNullException(nameof(receivedMessage)))
    {
        _messageId = receivedMessage.MessageId;
        _sessionId = receivedMessage.SessionId;
        _partitionKey = receivedMessage.PartitionKey;
        _transactionPartitionKey = receivedMessage.TransactionPartitionKey;
        _replyToSessionId = receivedMessage.ReplyToSessionId;
        _timeToLive = receivedMessage.TimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        To = receivedMessage.To;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
        {
            if (name is not (DeadLetterReasons.ReasonProperty or DeadLetterReasons.DescriptionProperty or "Diagnostic-Id"))
            {
                ApplicationProperties[name] = value;
            }
        }
    }

    /// <summary>The content.</summary>
    public BinaryData Body
    {
        get => _body;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _body = value;
        }
    }

    /// <summary>Names the message, for duplicate detection; 1 to 128 characters, null until set.</summary>
    public string MessageId
    {
        get => _messageId;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            _messageId = Checked(value, nameof(MessageId));
        }
    }

    /// <summary>Keeps messages together on one partition; up to 128 characters, the session's id where there is one.</summary>
    public string PartitionKey
    {
        get => _partitionKey;
        set
        {
            if (_sessionId is not null && value != _sessionId)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"The partition key of a message with a session is its session id, '{_sessionId}'.");
            }

            _partitionKey = Checked(value, nameof(PartitionKey));
        }
    }

    /// <summary>Keeps messages together for a transaction's transfer; up to 128 characters.</summary>
    public string TransactionPartitionKey
    {
        get => _transactionPartitionKey;
        set => _transactionPartitionKey = Checked(value, nameof(TransactionPartitionKey));
    }

    /// <summary>The session it belongs to; up to 128 characters. Sets the partition key with it.</summary>
    public string SessionId
    {
        get => _sessionId;
        set
        {
            _sessionId = Checked(value, nameof(SessionId));
            _partitionKey = value;
        }
    }

    /// <summary>The session to answer to; up to 128 characters.</summary>
    public string ReplyToSessionId
    {
        get => _replyToSessionId;
        set => _replyToSessionId = Checked(value, nameof(ReplyToSessionId));
    }

    /// <summary>How long it may be delivered; more than zero, <see cref="TimeSpan.MaxValue"/> unless set. The entity may allow less.</summary>
    public TimeSpan TimeToLive
    {
        get => _timeToLive;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _timeToLive = value;
        }
    }

    /// <summary>What it belongs to, for the application.</summary>
    public string CorrelationId { get; set; }

    /// <summary>What it is about; filters call it the label.</summary>
    public string Subject { get; set; }

    /// <summary>Whom it is for, for the application.</summary>
    public string To { get; set; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; set; }

    /// <summary>Where to answer to.</summary>
    public string ReplyTo { get; set; }

    /// <summary>When it becomes receivable; a default or past time means at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Further properties. Values may be strings, truth values, numbers, characters, Guids, times, durations, URIs, streams.</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Its id, for logs.</summary>
    public override string ToString() => $"{{MessageId:{MessageId}}}";

    private static string Checked(string value, string property) => value is null || value.Length <= MaxIdLength
        ? value
        : throw new ArgumentOutOfRangeException(property, $"{property} has at most {MaxIdLength} characters, not {value.Length}.");
}
