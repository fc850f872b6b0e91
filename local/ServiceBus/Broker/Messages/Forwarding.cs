namespace EventFunctions.Local.ServiceBus;

/// <summary>What a message keeps of the entities it was forwarded from.</summary>
/// <param name="EnqueuedSequenceNumber">Its number where it was first sent to.</param>
/// <param name="Hops">How many entities have forwarded it.</param>
/// <param name="DeadLetterSource">The entity that dead-lettered it, if one did.</param>
internal sealed record Forwarding(long EnqueuedSequenceNumber, int Hops, string? DeadLetterSource);
