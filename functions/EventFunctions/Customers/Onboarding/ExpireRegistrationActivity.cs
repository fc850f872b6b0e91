using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Closes an account whose address nobody has verified; its address becomes free by the event of that.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ExpireRegistrationActivity(IAggregateRepository<Customer, CustomerEvent> customers, TimeProvider timeProvider)
{
    /// <summary>Takes the step. A customer who verifies at the same moment is let in: the account itself decides.</summary>
    [Function(OnboardingSteps.ExpireRegistration)]
    public async Task<OnboardingStepOutcome> RunAsync([ActivityTrigger] ExpiryStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var stream = step.Trace.ToStream();
        var result = await customers.ExecuteAsync(
            stream,
            step.Trace.Command(OnboardingSteps.ExpireRegistration),
            customer => CustomerDecider.Decide(customer, new ExpireRegistration(), timeProvider.GetUtcNow()),
            cancellationToken);

        // An erased account refuses, and a closed one may have been closed for another reason; only trouble is an exception.
        return StepOutcome.Of(result).IsDone && result is CommandResult<Customer>.Committed { State.Status: var status }
            ? OnboardingStepOutcome.Of(status switch
            {
                CustomerStatus.Active => OnboardingTrigger.AddressVerified,
                CustomerStatus.Deactivated => OnboardingTrigger.RegistrationExpired,
                _ => OnboardingTrigger.AccountClosed,
            })
            : OnboardingStepOutcome.Of(OnboardingTrigger.AccountClosed);
    }
}
