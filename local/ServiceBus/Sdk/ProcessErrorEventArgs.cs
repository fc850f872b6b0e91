#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>What went wrong in a processor.</summary>
/// <param name="exception">The failure.</param>
/// <param name="errorSource">What the processor was doing.</param>
/// <param name="fullyQualifiedNamespace">Where.</param>
/// <param name="entityPath">With which entity.</param>
/// <param name="identifier">Which processor.</param>
/// <param name="cancellationToken">Cancelled when the processor stops.</param>
public sealed class ProcessErrorEventArgs(
    Exception exception,
    ServiceBusErrorSource errorSource,
    string fullyQualifiedNamespace,
    string entityPath,
    string identifier,
    CancellationToken cancellationToken) : EventArgs
{
    /// <summary>Creates the arguments, of a processor without a name.</summary>
    public ProcessErrorEventArgs(
        Exception exception,
        ServiceBusErrorSource errorSource,
        string fullyQualifiedNamespace,
        string entityPath,
        CancellationToken cancellationToken)
        : this(exception, errorSource, fullyQualifiedNamespace, entityPath, null, cancellationToken)
    {
    }

    /// <summary>The failure.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>What the processor was doing.</summary>
    public ServiceBusErrorSource ErrorSource { get; } = errorSource;

    /// <summary>Where.</summary>
    public string FullyQualifiedNamespace { get; } = fullyQualifiedNamespace;

    /// <summary>With which entity.</summary>
    public string EntityPath { get; } = entityPath;

    /// <summary>Which processor.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>Cancelled when the processor stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>A message's lock ended while its handler ran.</summary>
/// <param name="message">The message.</param>
/// <param name="exception">How it was noticed.</param>
public class MessageLockLostEventArgs(ServiceBusReceivedMessage message, Exception exception)
{
    /// <summary>The message.</summary>
    public ServiceBusReceivedMessage Message { get; } = message;

    /// <summary>How it was noticed.</summary>
    public Exception Exception { get; } = exception;
}

/// <summary>A session's lock ended while a handler ran.</summary>
/// <param name="message">The message being handled.</param>
/// <param name="sessionLockedUntil">When the lock ended.</param>
/// <param name="exception">How it was noticed.</param>
public class SessionLockLostEventArgs(ServiceBusReceivedMessage message, DateTimeOffset sessionLockedUntil, Exception exception) : EventArgs
{
    /// <summary>The message being handled.</summary>
    public ServiceBusReceivedMessage Message { get; } = message;

    /// <summary>When the lock ended.</summary>
    public DateTimeOffset SessionLockedUntil { get; } = sessionLockedUntil;

    /// <summary>How it was noticed.</summary>
    public Exception Exception { get; } = exception;
}
