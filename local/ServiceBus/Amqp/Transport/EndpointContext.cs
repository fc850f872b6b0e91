using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What the connections of an endpoint share.</summary>
/// <param name="Broker">The namespace they serve.</param>
/// <param name="Options">How, and how much.</param>
/// <param name="Clock">The time.</param>
/// <param name="Log">Where they tell what went wrong.</param>
internal sealed record EndpointContext(ServiceBusBroker Broker, AmqpOptions Options, TimeProvider Clock, ILogger Log)
{
    /// <summary>The name of this end of every connection.</summary>
    public string ContainerId { get; } = $"eventfunctions-{Guid.NewGuid():N}";
}
