namespace Azure.Messaging.ServiceBus;

/// <summary>How a client reaches the service. In this process nothing is transported.</summary>
public enum ServiceBusTransportType
{
    /// <summary>AMQP over TCP.</summary>
    AmqpTcp = 0,

    /// <summary>AMQP over web sockets.</summary>
    AmqpWebSockets = 1,
}

/// <summary>How the wait between tries grows.</summary>
public enum ServiceBusRetryMode
{
    /// <summary>It does not.</summary>
    Fixed = 0,

    /// <summary>It doubles.</summary>
    Exponential = 1,
}

/// <summary>What receiving does to a message.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>It is locked for the receiver until that settles it.</summary>
    PeekLock = 0,

    /// <summary>It is gone.</summary>
    ReceiveAndDelete = 1,
}

/// <summary>A queue within an entity.</summary>
public enum SubQueue
{
    /// <summary>The entity itself.</summary>
    None = 0,

    /// <summary>What could not be delivered or processed.</summary>
    DeadLetter = 1,

    /// <summary>What could not be forwarded.</summary>
    TransferDeadLetter = 2,
}

/// <summary>Where in its entity a message is.</summary>
public enum ServiceBusMessageState
{
    /// <summary>In normal delivery.</summary>
    Active = 0,

    /// <summary>Set aside, to be asked for by its number.</summary>
    Deferred = 1,

    /// <summary>Waiting for its time.</summary>
    Scheduled = 2,
}

/// <summary>What a processor was doing when something went wrong.</summary>
public enum ServiceBusErrorSource
{
    /// <summary>Completing a message.</summary>
    Complete = 0,

    /// <summary>Abandoning a message.</summary>
    Abandon = 1,

    /// <summary>Running the application's handler.</summary>
    ProcessMessageCallback = 2,

    /// <summary>Receiving.</summary>
    Receive = 3,

    /// <summary>Renewing a lock.</summary>
    RenewLock = 4,

    /// <summary>Taking hold of a session.</summary>
    AcceptSession = 5,

    /// <summary>Letting go of a session.</summary>
    CloseSession = 6,
}

/// <summary>Why an operation failed.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>None of the others.</summary>
    GeneralError = 0,

    /// <summary>There is no such entity.</summary>
    MessagingEntityNotFound = 1,

    /// <summary>The lock has ended, or the message was settled.</summary>
    MessageLockLost = 2,

    /// <summary>There is no message with that number for this receiver.</summary>
    MessageNotFound = 3,

    /// <summary>The message, or all messages of one send, are larger than the entity takes.</summary>
    MessageSizeExceeded = 4,

    /// <summary>The entity is switched off.</summary>
    MessagingEntityDisabled = 5,

    /// <summary>The entity is full.</summary>
    QuotaExceeded = 6,

    /// <summary>The service asks to slow down.</summary>
    ServiceBusy = 7,

    /// <summary>Nothing happened in the time allowed.</summary>
    ServiceTimeout = 8,

    /// <summary>The service could not be reached.</summary>
    ServiceCommunicationProblem = 9,

    /// <summary>Somebody else holds the session.</summary>
    SessionCannotBeLocked = 10,

    /// <summary>The session's lock has ended.</summary>
    SessionLockLost = 11,

    /// <summary>There is an entity of that name already.</summary>
    MessagingEntityAlreadyExists = 12,
}
