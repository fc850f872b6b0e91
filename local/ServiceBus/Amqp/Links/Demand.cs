namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a link may send now.</summary>
/// <param name="Credit">How many messages the peer takes; 0 where the link has to wait.</param>
/// <param name="IsDraining">Whether the peer wants what is there, and its credit back.</param>
/// <param name="Version">Tells a later demand from this one.</param>
/// <param name="Changed">Completes with the next change.</param>
internal readonly record struct Demand(int Credit, bool IsDraining, uint Version, Task Changed);
