using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Settles the messages of a batch.</summary>
internal sealed class ReceiverActions(ServiceBusReceiver receiver) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return receiver.CompleteMessageAsync(message, cancellationToken);
    }

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return receiver.DeadLetterMessageAsync(
            message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
    }

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return receiver.DeferMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return receiver is ServiceBusSessionReceiver session
            ? session.RenewSessionLockAsync(cancellationToken)
            : receiver.RenewMessageLockAsync(message, cancellationToken);
    }
}

/// <summary>Works on the session of a batch.</summary>
internal sealed class ReceiverSessionActions(ServiceBusSessionReceiver receiver, Action release) : ServiceBusSessionMessageActions
{
    public override DateTimeOffset SessionLockedUntil => receiver.SessionLockedUntil;

    public override Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        receiver.GetSessionStateAsync(cancellationToken);

    public override Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        receiver.SetSessionStateAsync(sessionState, cancellationToken);

    public override Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        release();
        return Task.CompletedTask;
    }

    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        receiver.RenewSessionLockAsync(cancellationToken);
}
