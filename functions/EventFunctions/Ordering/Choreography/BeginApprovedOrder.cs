using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-approved</c>: reserves the goods of an order that had to be reviewed.</summary>
/// <remarks>Whoever approves need not know who leads the order, so the rule lets every approval through and the order tells.</remarks>
/// <param name="reaction">Takes the step.</param>
/// <param name="start">The first steps.</param>
/// <param name="orders">Has the order.</param>
public sealed class BeginApprovedOrder(OrderReaction reaction, OrderStart start, OrderCommandStep orders)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(BeginApprovedOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(BeginApprovedOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.PlanOrder, BeginAsync, cancellationToken);

    private async Task<StepOutcome> BeginAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if ((await orders.LoadAsync(step.Trace, cancellationToken)).Flow != OrderFlow.Choreography)
        {
            return StepOutcome.Done;
        }

        var plan = await start.PlanAsync(step, cancellationToken);
        return plan.Outcome.IsDone && plan.Products.Count > 0
            ? await start.ReserveAsync(step, plan.Products, cancellationToken)
            : plan.Outcome;
    }
}
