using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Settles a message of a processor with sessions.</summary>
internal sealed class SessionProcessorActions(ProcessSessionMessageEventArgs args) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return args.CompleteMessageAsync(message, cancellationToken);
    }

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return args.AbandonMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return args.DeadLetterMessageAsync(
            message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
    }

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return args.DeferMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        // A message of a session is locked through the session.
        return args.RenewSessionLockAsync(cancellationToken);
    }
}

/// <summary>Works on the session of a processor's message.</summary>
internal sealed class ProcessorSessionActions(ProcessSessionMessageEventArgs args) : ServiceBusSessionMessageActions
{
    public override DateTimeOffset SessionLockedUntil => args.SessionLockedUntil;

    public override Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        args.GetSessionStateAsync(cancellationToken);

    public override Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        args.SetSessionStateAsync(sessionState, cancellationToken);

    public override Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        args.ReleaseSession();
        return Task.CompletedTask;
    }

    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        args.RenewSessionLockAsync(cancellationToken);
}
