using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus;

/// <summary>How callers are told that nothing can be made safe any more.</summary>
internal static class LogFailure
{
    /// <summary>Like a service that is unwell: to be tried again later, and not to be taken for done.</summary>
    public static ServiceBusException Of(Exception cause) => new(
        $"The broker can't keep what is done to it: {cause.Message.TrimEnd('.')}. See to the disk, and start it again.",
        ServiceBusFailureReason.ServiceBusy,
        innerException: cause);
}
