using EventFunctions.Composition;
using EventFunctions.Sagas;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Starts the onboarding of a customer, once for all time.</summary>
/// <param name="options">What new ones are told.</param>
/// <param name="instances">Starts.</param>
public sealed class OnboardingStarter(IOptions<CustomersOptions> options, SagaInstances instances)
{
    /// <summary>Starts it unless there is one already, running or finished.</summary>
    public Task EnsureStartedAsync(DurableTaskClient client, OnboardingTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return instances.EnsureStartedAsync(
            client,
            nameof(OnboardingSaga),
            OnboardingTrace.InstanceOf(trace.ToCustomerId(), trace.Tenant),
            new OnboardingInput(trace, options.Value.ToOnboardingSettings()),
            cancellationToken);
    }
}
