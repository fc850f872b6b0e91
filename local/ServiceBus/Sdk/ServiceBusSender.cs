#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to one queue or topic. Safe for any number of threads.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient _client;
    private int _closed;

    /// <summary>For tests that replace the sender.</summary>
    protected ServiceBusSender()
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName)
        : this(queueOrTopicName, client, null)
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName, ServiceBusSenderOptions options)
        : this(queueOrTopicName, client, options)
    {
    }

    internal ServiceBusSender(string queueOrTopicName, ServiceBusClient client, ServiceBusSenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(queueOrTopicName);
        _client = client;
        EntityPath = queueOrTopicName;
        Identifier = string.IsNullOrEmpty(options?.Identifier) ? $"{queueOrTopicName}-{Guid.NewGuid()}" : options.Identifier;
    }

    /// <summary>The namespace's host name.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The queue or topic.</summary>
    public virtual string EntityPath { get; }

    /// <summary>Whether it was closed, or its client.</summary>
    public virtual bool IsClosed => Volatile.Read(ref _closed) != 0 || _client?.IsClosed == true;

    /// <summary>The sender's name in logs.</summary>
    public virtual string Identifier { get; }

    private ISendTarget Target
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            AmbientTransactions.Refuse("ServiceBusSender");
            return _client.Broker.FindTarget(EntityPath) ?? throw ServiceBusFailures.EntityNotFound(EntityPath);
        }
    }

    /// <summary>Sends a message; when this returns the broker has it.</summary>
    /// <exception cref="ServiceBusException">It is too large, or there is no such entity.</exception>
    /// <exception cref="InvalidOperationException">The entity requires sessions and the message has none.</exception>
    public virtual async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await SendAsync(Target, [MessageConversion.ToBroker(message)], cancellationToken);
    }

    /// <summary>Sends messages, all or none; they must fit into one transfer. None at all is fine.</summary>
    /// <exception cref="ServiceBusException">They are too large, or there is no such entity.</exception>
    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await SendAsync(Target, [.. messages.Select(m => MessageConversion.ToBroker(m))], cancellationToken);
    }

    /// <summary>Sends a batch, all or none.</summary>
    public virtual async Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageBatch);
        var target = Target;
        var messages = messageBatch.Lock();
        try
        {
            await SendAsync(target, messages, cancellationToken);
        }
        finally
        {
            messageBatch.Unlock();
        }
    }

    /// <summary>A batch that holds what the entity takes at once.</summary>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) =>
        CreateMessageBatchAsync(null, cancellationToken);

    /// <summary>A batch that holds what the entity takes at once, or less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more than the entity takes.</exception>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(
        CreateMessageBatchOptions options, CancellationToken cancellationToken = default)
    {
        ThrowIfCancelled(cancellationToken);
        var limit = Target.MaxMessageSizeInBytes;
        var size = options?.MaxSizeInBytes ?? limit;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, limit, nameof(options));
        return ValueTask.FromResult(new ServiceBusMessageBatch(size));
    }

    /// <summary>Sends a message that becomes receivable later.</summary>
    /// <returns>The number to cancel it by.</returns>
    public virtual async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await SendAsync(Target, [MessageConversion.ToBroker(message, scheduledEnqueueTime)], cancellationToken))[0];
    }

    /// <summary>Sends messages that become receivable later, all or none.</summary>
    /// <returns>The numbers to cancel them by, in the order of the messages.</returns>
    public virtual async Task<IReadOnlyList<long>> ScheduleMessagesAsync(
        IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await SendAsync(
            Target, [.. messages.Select(m => MessageConversion.ToBroker(m, scheduledEnqueueTime))], cancellationToken);
    }

    /// <summary>Takes a scheduled message back.</summary>
    /// <exception cref="ServiceBusException">It is not scheduled (any more): <see cref="ServiceBusFailureReason.MessageNotFound"/>.</exception>
    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    /// <summary>Takes scheduled messages back, all or none.</summary>
    /// <exception cref="ServiceBusException">One is not scheduled (any more): <see cref="ServiceBusFailureReason.MessageNotFound"/>.</exception>
    public virtual async Task CancelScheduledMessagesAsync(
        IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        ThrowIfCancelled(cancellationToken);
        switch (await Target.CancelScheduledAsync([.. sequenceNumbers], cancellationToken))
        {
            case CancelOutcome.NotFound missing:
                throw ServiceBusFailures.MessageNotFound(EntityPath, missing.SequenceNumber);
            case CancelOutcome.Unavailable unavailable:
                throw ServiceBusFailures.Unavailable(EntityPath, unavailable.Why);
        }
    }

    /// <summary>Closes the sender.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _closed, 1);
        return Task.CompletedTask;
    }

    /// <summary>Closes the sender.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    private static async Task<IReadOnlyList<long>> SendAsync(
        ISendTarget target, IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        ThrowIfCancelled(cancellationToken);
        if (messages.Count == 0)
        {
            return [];
        }

        return await target.SendAsync(messages, cancellationToken) switch
        {
            SendOutcome.Accepted accepted => accepted.SequenceNumbers,
            SendOutcome.TooLarge large => throw ServiceBusFailures.TooLarge(target.Path, large.Size, large.Limit),
            SendOutcome.SessionIdMissing => throw ServiceBusFailures.SessionIdMissing(target.Path),
            SendOutcome.PropertiesInvalid invalid => throw ServiceBusFailures.PropertiesInvalid(target.Path, invalid.Problem),
            SendOutcome.QuotaExceeded full => throw ServiceBusFailures.QuotaExceeded(target.Path, full.Size, full.Limit),
            SendOutcome.Unavailable unavailable => throw ServiceBusFailures.Unavailable(target.Path, unavailable.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    private static void ThrowIfCancelled(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException(null, null, cancellationToken);
        }
    }
}

/// <summary>Options of a sender.</summary>
public class ServiceBusSenderOptions
{
    /// <summary>The sender's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }
}
