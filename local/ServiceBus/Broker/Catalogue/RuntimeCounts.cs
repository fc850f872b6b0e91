namespace EventFunctions.Local.ServiceBus;

/// <summary>How many messages an entity has at one moment, as the administration of the service counts them.</summary>
/// <param name="Active">Ready for delivery, or with a receiver.</param>
/// <param name="Scheduled">Waiting for their time.</param>
/// <param name="DeadLetter">In the dead-letter queue.</param>
/// <param name="Transfer">Waiting to be forwarded.</param>
/// <param name="TransferDeadLetter">In the transfer dead-letter queue.</param>
/// <param name="Total">All of them, deferred ones included.</param>
/// <param name="SizeInBytes">What all of them take.</param>
internal sealed record RuntimeCounts(
    long Active, long Scheduled, long DeadLetter, long Transfer, long TransferDeadLetter, long Total, long SizeInBytes);
