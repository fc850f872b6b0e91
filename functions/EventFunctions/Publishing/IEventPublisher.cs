using Azure.Messaging.ServiceBus;

namespace EventFunctions.Publishing;

/// <summary>Sends messages to a topic.</summary>
public interface IEventPublisher
{
    /// <summary>Sends the messages in their order.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="messages">In the order they are to arrive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The messages that are too large for the topic, with the limit in bytes; all others were sent.</returns>
    /// <exception cref="ServiceBusException">The broker did not take them; some may have been sent.</exception>
    Task<IReadOnlyList<OversizedMessage>> PublishAsync(string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A message that is too large to be sent, even alone.</summary>
/// <param name="Message">The message.</param>
/// <param name="MaxSizeInBytes">The largest batch the topic takes.</param>
public sealed record OversizedMessage(ServiceBusMessage Message, long MaxSizeInBytes);
