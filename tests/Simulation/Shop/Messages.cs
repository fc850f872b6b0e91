using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Ordering.Reports;
using EventFunctions.Ordering.Reviews;
using EventFunctions.Shipping;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Tests.Simulation;

/// <summary>The way of an event from the store to the functions that lead or follow an order.</summary>
internal static class Messages
{
    private static readonly Dictionary<string, Subscriber> Subscribers =
        Subscriber.All.ToDictionary(subscriber => subscriber.Subscription, StringComparer.Ordinal);

    /// <summary>The functions that lead an order on after an event, as the subscriptions' rules in infra/messaging.json say.</summary>
    public static IReadOnlyList<string> FunctionsFor(EventEnvelope envelope)
    {
        var process = envelope.Metadata.Process;
        return envelope.Data switch
        {
            OrderApproved => [nameof(RelayReviewToSaga), nameof(BeginApprovedOrder)],
            OrderCancelled when process == OrderProcess.Saga => [nameof(RelayReviewToSaga)],
            OrderCancelled => [nameof(RelayReviewToSaga), nameof(UndoCancelledOrder)],
            var data when process == OrderProcess.Choreography => ReactionTo(data) is { } function ? [function] : [],
            OrderPlaced => [nameof(StartOrderSaga)],
            ShipmentDelivered => [nameof(RelayDeliveryToSaga)],
            _ => [],
        };
    }

    /// <summary>The handlers whose message an operator sends again, where it was delivered too often in vain.</summary>
    public static bool CanBeDeadLettered(string function) => Subscribers[function].Method.DeclaringType!.Namespace == typeof(OrderReaction).Namespace;

    /// <summary>Adds all orders up, by messages that come repeatedly and in an order of the seed's choice.</summary>
    /// <remarks>At the end of a run, because tallies are written by threads of their own; no order waits for them.</remarks>
    public static void AddUp(SimulatedProcess process, IEnumerable<EventEnvelope> committed, Random random)
    {
        var messages = committed.Where(envelope => envelope.Data is OrderEvent).SelectMany(envelope => Enumerable.Repeat(envelope, random.Next(1, 3))).ToArray();
        random.Shuffle(messages);
        Task.Run(async () =>
        {
            foreach (var message in messages)
            {
                await DeliverAsync(process, message, nameof(ProjectOrderFigures), delivery: 1);
            }
        }).GetAwaiter().GetResult();
    }

    /// <summary>Hands the event to a function, once.</summary>
    public static Task DeliverAsync(SimulatedProcess process, EventEnvelope envelope, string function, int delivery) => DeliverAsync(
        process,
        function,
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            new BinaryData(JsonSerializer.SerializeToUtf8Bytes(EventSamples.Serializer.Write(envelope), EventJson.Options)),
            envelope.EventId.ToString(),
            sessionId: envelope.Stream.Value,
            subject: envelope.Type,
            deliveryCount: delivery));

    /// <summary>Hands a message to a function, once.</summary>
    public static async Task DeliverAsync(SimulatedProcess process, string function, ServiceBusReceivedMessage message)
    {
        var settlement = new Settlement();
        await Subscribers[function].HandleAsync(process.Services, message, settlement, process.Client, CancellationToken.None);
        if (!settlement.IsCompleted)
        {
            throw new SimulationFailedException($"{function} returned without completing '{message.Subject}'.");
        }
    }

    private static string? ReactionTo(IDomainEvent happened) => happened switch
    {
        OrderPlaced => nameof(BeginPlacedOrder),
        PaymentProcessing => nameof(AuthorizeStartedPayment),
        PaymentAuthorized => nameof(ConfirmAuthorizedOrder),
        PaymentFailed => nameof(CancelUnpaidOrder),
        OrderConfirmed => nameof(CaptureConfirmedPayment),
        PaymentCaptured => nameof(MarkCapturedOrderPaid),
        OrderPaid => nameof(ShipPaidOrder),
        ShipmentCreated => nameof(MarkCreatedShipmentShipped),
        OrderShipped => nameof(FinishShippedOrder),
        ShipmentDelivered => nameof(CloseDeliveredOrder),
        _ => null,
    };

    /// <summary>A message may be completed, and nothing else.</summary>
    private sealed class Settlement : ServiceBusMessageActions
    {
        public bool IsCompleted { get; private set; }

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            IsCompleted = true;
            return Task.CompletedTask;
        }

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message,
            Dictionary<string, object>? propertiesToModify = default,
            string? deadLetterReason = default,
            string? deadLetterErrorDescription = default,
            CancellationToken cancellationToken = default) =>
            throw new SimulationFailedException($"'{message.Subject}' was dead-lettered: {deadLetterReason}, {deadLetterErrorDescription}");
    }
}
