namespace EventFunctions.Local.ServiceBus;

/// <summary>Decides whether a subscription wants a message, from the message alone.</summary>
internal interface IMessageFilter
{
    /// <summary>Whether the message is selected.</summary>
    /// <exception cref="FilterException">The filter makes no sense for this message.</exception>
    bool Selects(BrokerMessage message);
}

/// <summary>A filter could not be evaluated for a message. The name is the service's: it becomes the dead-letter reason.</summary>
internal sealed class FilterException(string message) : Exception(message);
