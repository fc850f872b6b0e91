namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Conditions of errors: those of AMQP 1.0 (part 2, 2.8.15 to 2.8.18) and those the service adds ("AMQP errors in Azure Service Bus").
/// Clients decide by them whether to try again and which failure they report.
/// </summary>
internal static class ErrorCondition
{
    public const string InternalError = "amqp:internal-error";
    public const string NotFound = "amqp:not-found";
    public const string UnauthorizedAccess = "amqp:unauthorized-access";
    public const string DecodeError = "amqp:decode-error";
    public const string ResourceLimitExceeded = "amqp:resource-limit-exceeded";
    public const string NotAllowed = "amqp:not-allowed";
    public const string InvalidField = "amqp:invalid-field";
    public const string NotImplemented = "amqp:not-implemented";
    public const string IllegalState = "amqp:illegal-state";
    public const string ConnectionForced = "amqp:connection:forced";
    public const string FramingError = "amqp:connection:framing-error";
    public const string WindowViolation = "amqp:session:window-violation";
    public const string HandleInUse = "amqp:session:handle-in-use";
    public const string UnattachedHandle = "amqp:session:unattached-handle";
    public const string TransferLimitExceeded = "amqp:link:transfer-limit-exceeded";
    public const string MessageSizeExceeded = "amqp:link:message-size-exceeded";
    public const string Stolen = "amqp:link:stolen";
    public const string DetachForced = "amqp:link:detach-forced";

    public const string DeadLetter = "com.microsoft:dead-letter";
    public const string Timeout = "com.microsoft:timeout";
    public const string MessageLockLost = "com.microsoft:message-lock-lost";
    public const string MessageNotFound = "com.microsoft:message-not-found";
    public const string SessionLockLost = "com.microsoft:session-lock-lost";
    public const string SessionCannotBeLocked = "com.microsoft:session-cannot-be-locked";
    public const string EntityDisabled = "com.microsoft:entity-disabled";
    public const string EntityAlreadyExists = "com.microsoft:entity-already-exists";
    public const string ServerBusy = "com.microsoft:server-busy";
    public const string ArgumentError = "com.microsoft:argument-error";
    public const string AuthorizationFailed = "com.microsoft:auth-failed";
}
