using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>payment-processing</c>, which says that all goods are reserved: reserves the money.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="authorize">Asks the provider.</param>
/// <param name="payments">Tells whether that was done.</param>
public sealed class AuthorizeStartedPayment(OrderReaction reaction, AuthorizePaymentActivity authorize, PaymentCommandStep payments)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(AuthorizeStartedPayment))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(AuthorizeStartedPayment), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.AuthorizePayment, TakeAsync, cancellationToken);

    private async Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken) =>
        (await payments.LoadAsync(step.Trace, cancellationToken)).AuthorizationId is null
            ? await authorize.RunAsync(step.Input, cancellationToken)
            : StepOutcome.Done;
}
