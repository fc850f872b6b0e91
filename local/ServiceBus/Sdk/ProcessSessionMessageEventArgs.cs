#nullable disable
#pragma warning disable MA0046 // The events are those of the real type: their handlers return a task.

namespace Azure.Messaging.ServiceBus;

/// <summary>A message of a session for a processor's handler, and what it can do with it and with the session.</summary>
public class ProcessSessionMessageEventArgs : EventArgs
{
    private readonly ServiceBusSessionReceiver _receiver;
    private readonly HeldMessages _held;
    private readonly Action _release;

    /// <summary>Creates the arguments, of a processor without a name.</summary>
    public ProcessSessionMessageEventArgs(
        ServiceBusReceivedMessage message, ServiceBusSessionReceiver receiver, CancellationToken cancellationToken)
        : this(message, receiver, null, cancellationToken)
    {
    }

    /// <summary>Creates the arguments.</summary>
    public ProcessSessionMessageEventArgs(
        ServiceBusReceivedMessage message, ServiceBusSessionReceiver receiver, string identifier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(receiver);
        Message = message;
        _receiver = receiver;
        Identifier = identifier;
        CancellationToken = cancellationToken;
    }

    internal ProcessSessionMessageEventArgs(
        ServiceBusReceivedMessage message,
        ServiceBusSessionReceiver receiver,
        string identifier,
        HeldMessages held,
        Action release,
        CancellationToken cancellationToken)
        : this(message, receiver, identifier, cancellationToken)
    {
        _held = held;
        _release = release;
    }

    /// <summary>The session's lock ended while the handler ran.</summary>
    public event Func<SessionLockLostEventArgs, Task> SessionLockLostAsync;

    /// <summary>The message.</summary>
    public ServiceBusReceivedMessage Message { get; }

    /// <summary>Cancelled when the processor stops or the session's lock is lost.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Which processor.</summary>
    public string Identifier { get; }

    /// <summary>The entity it came from.</summary>
    public string EntityPath => _receiver.EntityPath;

    /// <summary>The namespace it came from.</summary>
    public string FullyQualifiedNamespace => _receiver.FullyQualifiedNamespace;

    /// <summary>The session.</summary>
    public string SessionId => _receiver.SessionId;

    /// <summary>When the session's lock ends unless renewed.</summary>
    public DateTimeOffset SessionLockedUntil => _receiver.SessionLockedUntil;

    /// <summary>The message is done with.</summary>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        _receiver.CompleteMessageAsync(message, cancellationToken);

    /// <summary>The message is given back; it is the next one of its session.</summary>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        _receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    /// <summary>The message is set aside.</summary>
    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        _receiver.DeferMessageAsync(message, propertiesToModify, cancellationToken);

    /// <summary>The message goes to the dead-letter queue.</summary>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        _receiver.DeadLetterMessageAsync(message, propertiesToModify, cancellationToken);

    /// <summary>The message goes to the dead-letter queue, with a reason.</summary>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        string deadLetterReason,
        string deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        _receiver.DeadLetterMessageAsync(message, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <summary>The message goes to the dead-letter queue, with a reason and changed properties.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "MA0016:Prefer using collection abstraction instead of implementation", Justification = "The type is that of the real method.")]
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        _receiver.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <summary>The session's state; null if it has none.</summary>
    public virtual Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        _receiver.GetSessionStateAsync(cancellationToken);

    /// <summary>Replaces the session's state; null clears it.</summary>
    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        _receiver.SetSessionStateAsync(sessionState, cancellationToken);

    /// <summary>Asks for another whole lock duration for the session.</summary>
    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        _receiver.RenewSessionLockAsync(cancellationToken);

    /// <summary>Lets go of the session once the handlers that run in it have ended.</summary>
    public virtual void ReleaseSession() => _release?.Invoke();

    /// <summary>Lets the handler receive more of the session.</summary>
    public virtual ProcessorReceiveActions GetReceiveActions() => new(_receiver, _held);

    /// <summary>Tells the handler that the session's lock ended.</summary>
    protected internal virtual Task OnSessionLockLostAsync(SessionLockLostEventArgs args) =>
        SessionLockLostAsync?.Invoke(args) ?? Task.CompletedTask;
}
