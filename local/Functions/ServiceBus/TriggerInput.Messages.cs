using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Invocation;

internal abstract partial record TriggerInput
{
    /// <param name="Received">One message, or a batch.</param>
    /// <param name="Actions">Settles them.</param>
    /// <param name="SessionActions">Null where there are no sessions.</param>
    public sealed record Messages(
        IReadOnlyList<ServiceBusReceivedMessage> Received,
        ServiceBusMessageActions Actions,
        ServiceBusSessionMessageActions? SessionActions) : TriggerInput;
}
