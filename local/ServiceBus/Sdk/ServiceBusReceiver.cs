#nullable disable

using System.Runtime.CompilerServices;
using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from one queue, subscription or sub-queue, and settles what it received. Safe for any number of threads.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly ServiceBusClient _client;
    private readonly CancellationTokenSource _closed = new();
    private long _lastPeeked;

    /// <summary>For tests that replace the receiver.</summary>
    protected ServiceBusReceiver()
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
        : this(queueName, client, options)
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusReceiver(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusReceiverOptions options)
        : this(ServiceBusClient.SubscriptionPath(topicName, subscriptionName), client, options)
    {
    }

    internal ServiceBusReceiver(string path, ServiceBusClient client, ServiceBusReceiverOptions options, SessionHold hold = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _client = client;
        Hold = hold;
        ReceiveMode = options?.ReceiveMode ?? ServiceBusReceiveMode.PeekLock;
        PrefetchCount = options?.PrefetchCount ?? 0;
        var entityPath = (options?.SubQueue ?? SubQueue.None) switch
        {
            SubQueue.None => path,
            SubQueue.DeadLetter => path + EventFunctions.Local.ServiceBus.EntityPath.DeadLetterSuffix,
            _ => path + EventFunctions.Local.ServiceBus.EntityPath.TransferDeadLetterSuffix,
        };
        EntityPath = entityPath;
        Identifier = string.IsNullOrEmpty(options?.Identifier) ? $"{entityPath}-{Guid.NewGuid()}" : options.Identifier;
    }

    /// <summary>The namespace's host name.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The entity, with its sub-queue.</summary>
    public virtual string EntityPath { get; }

    /// <summary>What receiving does to a message.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    /// <summary>Messages to fetch ahead; kept, without effect in this process.</summary>
    public virtual int PrefetchCount { get; }

    /// <summary>The receiver's name in logs.</summary>
    public virtual string Identifier { get; }

    /// <summary>Whether it was closed, or its client.</summary>
    public virtual bool IsClosed => _closed.IsCancellationRequested || _client?.IsClosed == true;

    internal SessionHold Hold { get; }

    internal TimeProvider Clock => _client.Clock;

    private bool Deletes => ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete;

    /// <summary>Receives the next message; null if none came in time (a minute, unless told otherwise).</summary>
    /// <exception cref="ServiceBusException">The session's lock is lost, or there is no such entity.</exception>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveMessageAsync(
        TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        var messages = await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken);
        return messages.Count == 0 ? null : messages[0];
    }

    /// <summary>Receives messages as soon as there is one; none if none came in time.</summary>
    /// <exception cref="ServiceBusException">The session's lock is lost, or there is no such entity.</exception>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        if (maxWaitTime is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(maxWaitTime));
        }

        return Received(
            await ReceiveAsync(new ReceiveRequest(maxMessages, Deletes), maxWaitTime ?? _client.TryTimeout, cancellationToken));
    }

    /// <summary>Receives for ever, until cancelled.</summary>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await ReceiveMessageAsync(cancellationToken: cancellationToken) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>Looks at the next message without receiving it.</summary>
    /// <param name="fromSequenceNumber">Where to look; after the last one looked at unless given.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public virtual async Task<ServiceBusReceivedMessage> PeekMessageAsync(
        long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        var messages = await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken);
        return messages.Count == 0 ? null : messages[0];
    }

    /// <summary>Looks at messages, whatever their state, without receiving them.</summary>
    /// <param name="maxMessages">The most to return.</param>
    /// <param name="fromSequenceNumber">Where to start; after the last one looked at unless given.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        var queue = Open(cancellationToken, mayPeekOnly: true);
        var from = fromSequenceNumber ?? Volatile.Read(ref _lastPeeked) + 1;
        var messages = queue.Peek(from, maxMessages, Hold?.SessionId);
        if (messages.Count > 0)
        {
            Volatile.Write(ref _lastPeeked, messages[^1].SequenceNumber);
        }

        return Task.FromResult<IReadOnlyList<ServiceBusReceivedMessage>>(
            [.. messages.Select(d => new ServiceBusReceivedMessage(d, peeked: true))]);
    }

    /// <summary>Receives a deferred message.</summary>
    /// <exception cref="ServiceBusException">There is none of that number: <see cref="ServiceBusFailureReason.MessageNotFound"/>.</exception>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveDeferredMessageAsync(
        long sequenceNumber, CancellationToken cancellationToken = default) =>
        (await ReceiveDeferredMessagesAsync([sequenceNumber], cancellationToken))[0];

    /// <summary>Receives deferred messages, all or none.</summary>
    /// <exception cref="ServiceBusException">One is not deferred, or locked: <see cref="ServiceBusFailureReason.MessageNotFound"/>.</exception>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(
        IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var queue = Open(cancellationToken);
        var numbers = sequenceNumbers.ToArray();
        return numbers.Length == 0
            ? []
            : Received(await queue.ReceiveDeferredAsync(numbers, Deletes, Hold, cancellationToken));
    }

    /// <summary>The message is done with: it is removed.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        SettleAsync(message, new Settlement.Complete(), cancellationToken);

    /// <summary>The message is given back, to be delivered again; this counts as a failed delivery.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(message, new Settlement.Abandon(MessageConversion.Properties(propertiesToModify)), cancellationToken);

    /// <summary>The message is set aside, to be received by its number.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(message, new Settlement.Defer(MessageConversion.Properties(propertiesToModify)), cancellationToken);

    /// <summary>The message goes to the dead-letter queue.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(
            message, new Settlement.DeadLetter(null, null, MessageConversion.Properties(propertiesToModify)), cancellationToken);

    /// <summary>The message goes to the dead-letter queue, with a reason.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        string deadLetterReason,
        string deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(message, DeadLettering.With(deadLetterReason, deadLetterErrorDescription, null), cancellationToken);

    /// <summary>The message goes to the dead-letter queue, with a reason and changed properties.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    /// <exception cref="InvalidOperationException">The reason or the description is given twice and differently.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(message, DeadLettering.With(deadLetterReason, deadLetterErrorDescription, propertiesToModify), cancellationToken);

    /// <summary>Asks for another whole lock duration; <see cref="ServiceBusReceivedMessage.LockedUntil"/> changes with it.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    /// <exception cref="InvalidOperationException">The message's session is locked, not the message.</exception>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var queue = Open(cancellationToken);
        if (Hold is not null)
        {
            throw new InvalidOperationException("The messages of a session are locked with it; use RenewSessionLockAsync.");
        }

        ThrowUnlessLockable(message);
        message.LockedUntil = (await queue.RenewAsync(message.LockTokenGuid, cancellationToken)).ThrowUnlessDone(EntityPath, null);
    }

    /// <summary>Closes the receiver. Messages it holds stay locked until their locks end.</summary>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default) => await _closed.CancelAsync();

    /// <summary>Closes the receiver.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    internal MessageQueue Open(CancellationToken cancellationToken, bool mayPeekOnly = false)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException(null, null, cancellationToken);
        }

        var queue = _client.Broker.FindQueue(EntityPath) ?? throw ServiceBusFailures.EntityNotFound(EntityPath);
        return !queue.Settings.RequiresSession || Hold is not null || mayPeekOnly
            ? queue
            : throw ServiceBusFailures.NeedsSessionReceiver(EntityPath);
    }

    /// <summary>Receives, on behalf of a processor perhaps, whose stop ends the wait too.</summary>
    private protected ValueTask<ReceiveOutcome> ReceiveAsync(
        ReceiveRequest request, TimeSpan maxWait, CancellationToken cancellationToken, CancellationToken stop = default)
    {
        var queue = Open(cancellationToken);
        AmbientTransactions.Refuse("ServiceBusReceiver.ReceiveMessagesAsync");
        return queue.ReceiveAsync(request, Hold, maxWait, new(cancellationToken, stop, _closed.Token, _client.Closed));
    }

    private async Task SettleAsync(ServiceBusReceivedMessage message, Settlement settlement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var queue = Open(cancellationToken);
        AmbientTransactions.Refuse("Settling a message");
        ThrowUnlessLockable(message);
        (await queue.SettleAsync(message.LockTokenGuid, settlement, Hold, cancellationToken)).ThrowUnlessDone(EntityPath, Hold?.SessionId);
        message.MarkSettled();
    }

    private void ThrowUnlessLockable(ServiceBusReceivedMessage message)
    {
        if (Deletes)
        {
            throw new InvalidOperationException("A receiver in the mode ReceiveAndDelete has nothing to settle or renew.");
        }

        if (message.LockTokenGuid == Guid.Empty)
        {
            throw new InvalidOperationException("The message has no lock: it was peeked, not received.");
        }
    }

    private protected IReadOnlyList<ServiceBusReceivedMessage> Received(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Received received => [.. received.Messages.Select(d => new ServiceBusReceivedMessage(d, peeked: false))],
        ReceiveOutcome.Unavailable unavailable => throw ServiceBusFailures.Unavailable(EntityPath, unavailable.Why),
        ReceiveOutcome.NotFound missing => throw ServiceBusFailures.MessageNotFound(EntityPath, missing.SequenceNumber),
        _ => throw ServiceBusFailures.SessionLockLost(EntityPath, Hold?.SessionId),
    };
}
