#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from one session, which is this receiver's alone until it lets go or its lock ends.</summary>
public class ServiceBusSessionReceiver : ServiceBusReceiver
{
    private readonly MessageQueue _queue;
    private long _lockedUntilTicks;
    private int _released;

    /// <summary>For tests that replace the receiver.</summary>
    protected ServiceBusSessionReceiver()
    {
    }

    internal ServiceBusSessionReceiver(
        string path, ServiceBusClient client, ServiceBusSessionReceiverOptions options, SessionHold hold, MessageQueue queue)
        : base(path, client, options?.ToReceiverOptions(), hold)
    {
        _queue = queue;
        _lockedUntilTicks = hold.LockedUntil.UtcTicks;
    }

    /// <summary>Whether it was closed.</summary>
    public override bool IsClosed => base.IsClosed;

    /// <summary>The session.</summary>
    public virtual string SessionId => Hold.SessionId;

    /// <summary>When the session's lock, and that of every message held, ends unless renewed.</summary>
    public virtual DateTimeOffset SessionLockedUntil => new(Volatile.Read(ref _lockedUntilTicks), TimeSpan.Zero);

    /// <summary>The session's state; null if it has none.</summary>
    /// <exception cref="ServiceBusException">The session's lock is lost.</exception>
    public virtual async Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        var (outcome, state) = await Open(cancellationToken).GetSessionStateAsync(Hold, cancellationToken);
        outcome.ThrowUnlessDone(EntityPath, SessionId);
        return state is { } bytes ? BinaryData.FromBytes(bytes) : null;
    }

    /// <summary>Replaces the session's state; null clears it.</summary>
    /// <exception cref="ServiceBusException">The session's lock is lost, or the state is larger than a message may be.</exception>
    public virtual async Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default)
    {
        var queue = Open(cancellationToken);
        var state = sessionState is null ? default(ReadOnlyMemory<byte>?) : sessionState.ToArray();
        if (state?.Length > queue.MaxMessageSizeInBytes)
        {
            throw ServiceBusFailures.TooLarge(EntityPath, state.Value.Length, queue.MaxMessageSizeInBytes);
        }

        (await queue.SetSessionStateAsync(Hold, state, cancellationToken)).ThrowUnlessDone(EntityPath, SessionId);
    }

    /// <summary>Asks for another whole lock duration for the session and every message held.</summary>
    /// <exception cref="ServiceBusException">The session's lock is lost.</exception>
    public virtual async Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        var until = (await Open(cancellationToken).RenewSessionAsync(Hold, cancellationToken)).ThrowUnlessDone(EntityPath, SessionId);
        Volatile.Write(ref _lockedUntilTicks, until.UtcTicks);
    }

    /// <summary>Receives the next message for a processor; null if none came in time, or it is to let go of the session.</summary>
    /// <param name="maxWait">How long to wait.</param>
    /// <param name="unlessWantedElsewhere">Give up the wait earlier if the session is drained and others wait for a holder.</param>
    /// <param name="ending">The session is to be let go of.</param>
    /// <param name="stop">The processor is to stop; <paramref name="ending"/> may hear of it later.</param>
    internal async Task<(ServiceBusReceivedMessage Message, bool IsWantedElsewhere)> ReceiveNextAsync(
        TimeSpan maxWait, bool unlessWantedElsewhere, CancellationToken ending, CancellationToken stop)
    {
        var request = new ReceiveRequest(
            1, ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete, IdleIn: unlessWantedElsewhere ? SessionId : null);
        var outcome = await ReceiveAsync(request, maxWait, ending, stop);
        if (outcome is ReceiveOutcome.WantedElsewhere)
        {
            return (null, true);
        }

        var messages = Received(outcome);
        return (messages.Count == 0 ? null : messages[0], false);
    }

    /// <summary>Lets go of the session. Messages it held can be received again at once, and no failed delivery is counted.</summary>
    public override async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            // A lock that was lost meanwhile leaves nothing to let go of, so the outcome is of no interest.
            await _queue.ReleaseSessionAsync(Hold, CancellationToken.None);
        }

        await base.CloseAsync(cancellationToken);
    }
}
