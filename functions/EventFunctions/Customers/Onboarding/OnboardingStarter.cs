using EventFunctions.Composition;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Starts the onboarding of a customer, once for all time.</summary>
/// <param name="options">What new ones are told.</param>
/// <param name="logger">Gets lost races.</param>
public sealed class OnboardingStarter(IOptions<CustomersOptions> options, ILogger<OnboardingStarter> logger)
{
    /// <summary>Every state: without this list a finished onboarding would silently be replaced by a new one.</summary>
    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Starts it unless there is one already, running or finished.</summary>
    public async Task EnsureStartedAsync(DurableTaskClient client, OnboardingTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(trace);
        var instanceId = OnboardingTrace.InstanceOf(trace.ToCustomerId(), trace.Tenant);
        if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(OnboardingSaga),
                new OnboardingInput(trace, options.Value.ToOnboardingSettings()),
                new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus),
                cancellationToken);
        }
#pragma warning disable CA1031 // Which exception tells that the instance exists differs by version of the client: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is null)
            {
                throw;
            }

            logger.LogDebug(exception, "The onboarding {InstanceId} was started by another at the same moment.", instanceId);
        }
    }
}
