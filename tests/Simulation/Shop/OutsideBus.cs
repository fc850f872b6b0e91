using Azure.Messaging.ServiceBus;

namespace EventFunctions.Tests.Simulation;

/// <summary>The namespace, outside, as one process has it: all that is sent there are looks at orders.</summary>
/// <param name="outside">The way there.</param>
/// <param name="queue">The queue.</param>
internal sealed class OutsideBus(Outside outside, DeadlineQueue queue) : ServiceBusClient
{
    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(outside, queue, queueOrTopicName);

    private sealed class Sender(Outside outside, DeadlineQueue queue, string name) : ServiceBusSender
    {
        public override Task<long> ScheduleMessageAsync(
            ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) =>
            outside.CallAsync($"schedule in {name}", message.Subject, () => Task.FromResult(queue.Accept(message, scheduledEnqueueTime)));
    }
}
