using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Takes the step that follows from an event, and sees to it that the order is cancelled where the step cannot be taken.</summary>
/// <remarks>
/// A step that fails is tried again with the next delivery of its message; when the attempts are used up the order is cancelled,
/// as its saga would. A step whose order is cancelled meets what was done before it, maybe after the cancellation was handled: so it
/// is undone here, once more. Either may leave an attempt behind that got no answer, so the undo is run again when no answer can
/// come any more.
/// </remarks>
/// <param name="subscription">Reads and settles.</param>
/// <param name="orders">Cancels.</param>
/// <param name="undo">Undoes.</param>
/// <param name="deadlines">Schedules the second look.</param>
/// <param name="patience">Tells when to give up.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets what was given up.</param>
public sealed class OrderReaction(
    EventSubscription subscription,
    MarkOrderCancelledActivity orders,
    OrderUndo undo,
    OrderDeadlines deadlines,
    StepPatience patience,
    TimeProvider timeProvider,
    ILogger<OrderReaction> logger)
{
    /// <summary>Handles one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="actions">Settle it.</param>
    /// <param name="step">The name of the step, or of the first of several, one of <see cref="OrderSteps"/>.</param>
    /// <param name="take">Takes the step; refused when a rule forbids it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task HandleAsync(
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        string step,
        Func<StepInHand, EventEnvelope, CancellationToken, Task<StepOutcome>> take,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(take);
        return subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => ReactAsync(new StepInHand(TraceOf(envelope), step), message, inHand => take(inHand, envelope, token), token),
            cancellationToken);
    }

    /// <summary>Cancels an order; one that is cancelled already keeps its reason, and one that is shipped goes on.</summary>
    public Task CancelAsync(SagaTrace trace, string code, string reason, CancellationToken cancellationToken) =>
        orders.RunAsync(new CancellationStep(trace, OrderSteps.MarkOrderCancelled, code, reason), cancellationToken);

    /// <summary>Whose steps follow from an event.</summary>
    /// <exception cref="InvalidOperationException">The event concerns no order, so no rule should let it come here.</exception>
    internal static SagaTrace TraceOf(EventEnvelope envelope)
    {
        var order = Views.OrderTimeline.OrderOf(envelope.Data)
            ?? throw new InvalidOperationException($"'{envelope.Type}' concerns no order; its subscription needs a rule that keeps it out.");
        return new SagaTrace(
            order.ToString(),
            envelope.Metadata.CorrelationId,
            envelope.EventId.ToString(),
            envelope.Stream.Tenant,
            envelope.Metadata.TraceParent)
        {
            Flow = OrderFlow.Choreography,
        };
    }

    private async Task ReactAsync(
        StepInHand step, ServiceBusReceivedMessage message, Func<StepInHand, Task<StepOutcome>> take, CancellationToken cancellationToken)
    {
        var trace = step.Trace;
        StepOutcome outcome;
        try
        {
            outcome = await take(step);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && patience.EndsWith(message.DeliveryCount, exception))
        {
            logger.LogWarning(exception, "Step {Step} of order {OrderId} is given up; the order is cancelled.", step.Name, trace.OrderId);
            await CancelAsync(trace, SagaFailure.UnavailableCode(step.Name), SagaFailure.UnavailableReason(step.Name), cancellationToken);
            await LookAgainAsync(trace, message, cancellationToken);
            return;
        }

        if (outcome.IsDone)
        {
            return;
        }

        if (outcome.Code == OrderRejections.Cancelled)
        {
            await undo.UndoAsync(trace, isSecondLook: false, cancellationToken);
        }
        else
        {
            await CancelAsync(trace, outcome.Code!, outcome.Reason!, cancellationToken);
        }

        if (message.DeliveryCount > 1)
        {
            // An earlier attempt ended without an answer, and nobody but this message knows of it.
            await LookAgainAsync(trace, message, cancellationToken);
        }
    }

    /// <summary>After the cancellation, not before: a look at an order that is not cancelled yet would find nothing to undo.</summary>
    private Task LookAgainAsync(SagaTrace trace, ServiceBusReceivedMessage message, CancellationToken cancellationToken) => deadlines.ScheduleAsync(
        trace,
        OrderDeadlineKind.SecondLook,
        timeProvider.GetUtcNow() + patience.SettleDelay,
        $"{message.MessageId}/{message.DeliveryCount}",
        cancellationToken);
}
