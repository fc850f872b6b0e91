namespace EventFunctions.Local.ServiceBus;

/// <summary>Something with a number that only grows.</summary>
internal interface ISequenced
{
    long SequenceNumber { get; }
}
