namespace EventFunctions.Local.ServiceBus;

/// <summary>How many messages of a queue or subscription are where, at one moment.</summary>
/// <param name="Active">Ready for delivery. An expired message counts until a receiver comes by.</param>
/// <param name="Locked">With a receiver, not settled.</param>
/// <param name="Deferred">Set aside.</param>
/// <param name="Scheduled">Waiting for their time (of a subscription always 0: the topic keeps them).</param>
/// <param name="DeadLetter">In the dead-letter queue.</param>
/// <param name="Total">All of these.</param>
public sealed record SubscriptionCounts(long Active, long Locked, long Deferred, long Scheduled, long DeadLetter, long Total);
