using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Asks a new customer to verify their address, reminds them twice, and closes the account if they do not.</summary>
public static class OnboardingSaga
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id follows from the customer's id.</summary>
    [Function(nameof(OnboardingSaga))]
    public static Task<OnboardingStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<OnboardingInput>()
            ?? throw new InvalidOperationException("An onboarding needs its input; start it with OnboardingStarter.");
        return new OnboardingFlow(context, input).RunAsync();
    }
}
