using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Asks a new customer to verify their address, reminds them twice, and closes the account if they do not.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class OnboardingSaga(SagaTelemetry telemetry)
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id follows from the customer's id.</summary>
    [Function(nameof(OnboardingSaga))]
    public Task<OnboardingStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<OnboardingInput>()
            ?? throw new InvalidOperationException("An onboarding needs its input; start it with OnboardingStarter.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(OnboardingSaga), input.Trace.CorrelationId, input.Trace.TraceParent),
            new OnboardingFlow(context, input).RunAsync,
            static ended => ended.State);
    }
}
