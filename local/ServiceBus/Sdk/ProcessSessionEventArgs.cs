#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>A session that a processor begins or ends with.</summary>
public class ProcessSessionEventArgs : EventArgs
{
    private readonly ServiceBusSessionReceiver _receiver;
    private readonly Action _release;

    /// <summary>Creates the arguments, of a processor without a name.</summary>
    public ProcessSessionEventArgs(ServiceBusSessionReceiver receiver, CancellationToken cancellationToken)
        : this(receiver, null, cancellationToken)
    {
    }

    /// <summary>Creates the arguments.</summary>
    public ProcessSessionEventArgs(ServiceBusSessionReceiver receiver, string identifier, CancellationToken cancellationToken)
        : this(receiver, identifier, null, cancellationToken)
    {
    }

    internal ProcessSessionEventArgs(
        ServiceBusSessionReceiver receiver, string identifier, Action release, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        _receiver = receiver;
        _release = release;
        Identifier = identifier;
        CancellationToken = cancellationToken;
    }

    /// <summary>The session.</summary>
    public string SessionId => _receiver.SessionId;

    /// <summary>When the session's lock ends unless renewed.</summary>
    public DateTimeOffset SessionLockedUntil => _receiver.SessionLockedUntil;

    /// <summary>Cancelled when the processor stops or the session's lock is lost.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Which processor.</summary>
    public string Identifier { get; }

    /// <summary>The entity it belongs to.</summary>
    public string EntityPath => _receiver.EntityPath;

    /// <summary>The namespace it belongs to.</summary>
    public string FullyQualifiedNamespace => _receiver.FullyQualifiedNamespace;

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
}
