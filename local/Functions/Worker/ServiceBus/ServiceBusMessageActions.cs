using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the messages of a Service Bus trigger whose <c>AutoCompleteMessages</c> is false.</summary>
public class ServiceBusMessageActions
{
    /// <summary>For tests that override what they call; the host makes its own.</summary>
    protected ServiceBusMessageActions()
    {
    }

    /// <summary>Completes a message: it is done with.</summary>
    /// <exception cref="ServiceBusException">The message's or its session's lock is lost.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw NotOverridden(nameof(CompleteMessageAsync));

    /// <summary>Gives a message back; it comes again, with a delivery counted.</summary>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) => throw NotOverridden(nameof(AbandonMessageAsync));

    /// <summary>Moves a message to the dead-letter queue.</summary>
#pragma warning disable MA0016 // The real signature takes the concrete type.
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default) => throw NotOverridden(nameof(DeadLetterMessageAsync));
#pragma warning restore MA0016

    /// <summary>Sets a message aside; from then on it is received by its sequence number only.</summary>
    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) => throw NotOverridden(nameof(DeferMessageAsync));

    /// <summary>Renews a message's lock.</summary>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw NotOverridden(nameof(RenewMessageLockAsync));

    private InvalidOperationException NotOverridden(string member) =>
        new($"{GetType().Name} does not override {member}, and there is no host behind it to settle the message.");
}
