namespace Microsoft.Azure.Functions.Worker;

/// <summary>Works on the session a Service Bus trigger's message belongs to.</summary>
public class ServiceBusSessionMessageActions
{
    /// <summary>For tests that override what they call; the host makes its own.</summary>
    protected ServiceBusSessionMessageActions()
    {
    }

    /// <summary>When the session's lock ends unless it is renewed.</summary>
    public virtual DateTimeOffset SessionLockedUntil { get; protected set; }

    /// <summary>Reads the session's state.</summary>
    public virtual Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        throw NotOverridden(nameof(GetSessionStateAsync));

    /// <summary>Replaces the session's state.</summary>
    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        throw NotOverridden(nameof(SetSessionStateAsync));

    /// <summary>Lets go of the session once the messages in hand are processed.</summary>
    public virtual Task ReleaseSession(CancellationToken cancellationToken = default) => throw NotOverridden(nameof(ReleaseSession));

    /// <summary>Renews the session's lock.</summary>
    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        throw NotOverridden(nameof(RenewSessionLockAsync));

    private InvalidOperationException NotOverridden(string member) =>
        new($"{GetType().Name} does not override {member}, and there is no host behind it to reach the session.");
}
