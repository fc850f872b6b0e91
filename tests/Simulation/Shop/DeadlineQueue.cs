using Azure.Messaging.ServiceBus;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Simulation;

/// <summary>The queue of looks at orders: it holds a message back until it is due, and drops one that it has had.</summary>
/// <param name="clock">The clock that messages wait by.</param>
/// <param name="send">Takes the message as something to deliver.</param>
internal sealed class DeadlineQueue(ManualTimeProvider clock, Action<Errand> send)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Takes a message.</summary>
    /// <returns>Its sequence number.</returns>
    public long Accept(ServiceBusMessage message, DateTimeOffset due)
    {
        if (_known.Add(message.MessageId))
        {
            // So that the time passes until then, if nothing else happens.
            var wait = due - clock.GetUtcNow();
            clock.CreateTimer(static _ => { }, state: null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            send(new Errand($"{message.Subject} of {message.Body}", (process, delivery) => DeliverAsync(process, message, delivery))
            {
                IsPossible = () => clock.GetUtcNow() >= due,
                MaxDeliveries = StepPatience.MaxDeliveries,
            });
        }

        return _known.Count;
    }

    private static Task DeliverAsync(SimulatedProcess process, ServiceBusMessage message, int delivery) => Messages.DeliverAsync(
        process,
        nameof(HandleOrderDeadline),
        ServiceBusModelFactory.ServiceBusReceivedMessage(message.Body, message.MessageId, subject: message.Subject, deliveryCount: delivery));
}
