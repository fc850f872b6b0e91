namespace EventFunctions.EventSourcing;

/// <summary>Something that happened in the domain. Implementations are immutable records marked <see cref="EventTypeAttribute"/>.</summary>
#pragma warning disable CA1040 // A marker on purpose: an event has no behaviour, only a name (the attribute) and data.
public interface IDomainEvent;
#pragma warning restore CA1040
