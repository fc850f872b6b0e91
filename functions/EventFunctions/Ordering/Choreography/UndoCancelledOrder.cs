using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-cancelled</c>, whoever cancelled: undoes whatever was done for the order.</summary>
/// <remarks>
/// An undo that fails is tried again with the next delivery; the others are not kept from running. What cannot be undone at all
/// ends as a dead letter of this subscription: an operator mends the cause and sends it again.
/// </remarks>
/// <param name="subscription">Reads and settles.</param>
/// <param name="undo">Undoes, if the order is one that handlers lead.</param>
public sealed class UndoCancelledOrder(EventSubscription subscription, OrderUndo undo)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(UndoCancelledOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(UndoCancelledOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => undo.UndoAsync(OrderReaction.TraceOf(envelope), isSecondLook: false, token),
            cancellationToken);
}
