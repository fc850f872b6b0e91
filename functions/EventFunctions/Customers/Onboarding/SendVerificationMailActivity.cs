using EventFunctions.Customers.Addresses;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Sends a mail with a link that verifies the address, unless there is no need for it any more.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="notifier">Sends.</param>
/// <param name="link">Makes the link.</param>
public sealed class SendVerificationMailActivity(
    IAggregateRepository<Customer, CustomerEvent> customers, INotifier notifier, VerificationLink link)
{
    /// <summary>Takes the step.</summary>
    [Function(OnboardingSteps.SendVerificationMail)]
    public async Task<OnboardingStepOutcome> RunAsync([ActivityTrigger] VerificationMailStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (trace, template) = step;
        var customer = (await customers.LoadAsync(trace.ToStream(), cancellationToken)).State;
        if (customer is not { Status: CustomerStatus.Registered, Id: { } id })
        {
            return OnboardingStepOutcome.Of(
                customer.Status == CustomerStatus.Active ? OnboardingTrigger.AddressVerified : OnboardingTrigger.AccountClosed);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["link"] = link.To(id, customer.AddressVersion, trace.Tenant) };
        await notifier.NotifyAsync(
            new NotificationRequest(
                trace.EffectId(template),
                template,
                new NotificationRecipient.PendingAddress(id, customer.AddressVersion),
                values,
                trace.CorrelationId,
                trace.CausationId,
                trace.Tenant),
            cancellationToken);
        return OnboardingStepOutcome.Of(OnboardingTrigger.MailSent);
    }
}
