using Azure.Messaging.ServiceBus;
using EventFunctions.Composition;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-placed</c>: reserves the goods, or waits for the review that the order needs.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="start">The first steps.</param>
/// <param name="deadlines">Ends the wait.</param>
/// <param name="options">Has how long to wait.</param>
public sealed class BeginPlacedOrder(OrderReaction reaction, OrderStart start, OrderDeadlines deadlines, IOptions<OrderingOptions> options)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(BeginPlacedOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(BeginPlacedOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.PlanOrder, BeginAsync, cancellationToken);

    private async Task<StepOutcome> BeginAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.Data is not OrderPlaced { Flow: OrderFlow.Choreography } placed)
        {
            return StepOutcome.Done;
        }

        var plan = await start.PlanAsync(step, cancellationToken);
        if (!plan.Outcome.IsDone || plan.Products.Count == 0)
        {
            return plan.Outcome;
        }

        if (placed.NeedsReview != true)
        {
            return await start.ReserveAsync(step, plan.Products, cancellationToken);
        }

        await deadlines.ScheduleAsync(
            step.Trace, OrderDeadlineKind.ReviewTimeout, envelope.Time + options.Value.ReviewTimeout, cancellationToken: cancellationToken);
        return StepOutcome.Done;
    }
}
