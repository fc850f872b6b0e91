#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>The broker's refusals as the exceptions applications know.</summary>
internal static class ServiceBusFailures
{
    public static ServiceBusException EntityNotFound(string path) => new(
        $"The messaging entity '{path}' could not be found. Declare it in the messaging topology, or create it.",
        ServiceBusFailureReason.MessagingEntityNotFound,
        path);

    public static ServiceBusException MessageLockLost(string path) => new(
        "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.",
        ServiceBusFailureReason.MessageLockLost,
        path);

    public static ServiceBusException SessionLockLost(string path, string sessionId) => new(
        $"The session lock for session '{sessionId}' has expired or was released.", ServiceBusFailureReason.SessionLockLost, path);

    public static ServiceBusException SessionHeldElsewhere(string path, string sessionId) => new(
        $"The session '{sessionId}' is locked by another receiver.", ServiceBusFailureReason.SessionCannotBeLocked, path);

    public static ServiceBusException NoSession(string path) => new(
        "No session was available in the time allowed.", ServiceBusFailureReason.ServiceTimeout, path);

    public static ServiceBusException MessageNotFound(string path, long sequenceNumber) => new(
        $"There is no message with sequence number {sequenceNumber} for this operation.", ServiceBusFailureReason.MessageNotFound, path);

    public static ServiceBusException TooLarge(string path, long size, long limit) => new(
        $"The messages take {size} bytes, and the entity takes {limit} at once.", ServiceBusFailureReason.MessageSizeExceeded, path);

    public static ServiceBusException QuotaExceeded(string path, long size, long limit) => new(
        $"'{path}' has {size} bytes of messages and may have {limit}.", ServiceBusFailureReason.QuotaExceeded, path);

    public static Exception Unavailable(string path, Unavailability why) => why switch
    {
        Unavailability.Deleted => EntityNotFound(path),
        Unavailability.Disabled => new ServiceBusException(
            $"The messaging entity '{path}' is disabled.", ServiceBusFailureReason.MessagingEntityDisabled, path),
        _ => new InvalidOperationException($"'{path}' forwards its messages, so none can be received from it. Receive where it forwards to."),
    };

    public static System.Runtime.Serialization.SerializationException PropertiesInvalid(string path, string problem) => new(
        $"'{path}' does not take the message: {problem}.");

    public static InvalidOperationException SessionIdMissing(string path) => new(
        $"'{path}' requires sessions, so every message sent to it needs a SessionId.");

    public static InvalidOperationException NeedsSessionReceiver(string path) => new(
        $"'{path}' requires sessions. Receive from it with AcceptSessionAsync, AcceptNextSessionAsync or a session processor.");

    public static InvalidOperationException HasNoSessions(string path) => new(
        $"'{path}' does not require sessions. Receive from it with CreateReceiver or CreateProcessor.");

    /// <summary>Throws unless the operation was done; returns the new end of the lock.</summary>
    public static DateTimeOffset ThrowUnlessDone(this LockOutcome outcome, string path, string sessionId) => outcome switch
    {
        LockOutcome.Done done => done.LockedUntil,
        LockOutcome.MessageLockLost => throw MessageLockLost(path),
        LockOutcome.SessionLockLost => throw SessionLockLost(path, sessionId),
        LockOutcome.Unavailable unavailable => throw Unavailable(path, unavailable.Why),
        LockOutcome.LockedBySession => throw new InvalidOperationException(
            $"A message of '{path}' is locked with its session. Renew the session's lock with RenewSessionLockAsync."),
        LockOutcome.StateTooLarge large => throw TooLarge(path, large.Size, large.Limit),
        LockOutcome.PropertiesInvalid invalid => throw PropertiesInvalid(path, invalid.Problem),
        LockOutcome.AlreadyDeadLettered => throw new InvalidOperationException(
            $"'{path}' is a dead-letter queue; what is in it cannot be dead-lettered again. Complete it, or leave it."),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };
}
