using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Projections.Rebuild;

/// <summary>Rebuilds a projection while its old views serve, and has the new ones take their place.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class RebuildProjection(SagaTelemetry telemetry)
{
    /// <summary>The id of the instance that rebuilds a projection: there is one at a time.</summary>
    public static string InstanceIdOf(string projection) => $"rebuild-{projection}";

    /// <summary>The orchestrator: deterministic, because it is replayed.</summary>
    [Function(nameof(RebuildProjection))]
    public Task<RebuildStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var state = context.GetInput<RebuildState>()
            ?? throw new InvalidOperationException("A rebuild needs its input; start it with POST /api/admin/projections/{name}/rebuild.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(RebuildProjection)),
            new RebuildFlow(context, state).RunAsync,
            static now => RebuildPhase.IsEnd(now.Phase) ? now.Phase : null);
    }
}
