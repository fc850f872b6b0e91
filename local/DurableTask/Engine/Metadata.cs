using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>What queries tell of an instance.</summary>
internal static class Metadata
{
    /// <param name="state">The instance.</param>
    /// <param name="converter">Reads the payloads; without it they are left out, and the reason of a failure with them, as in the service.</param>
    public static OrchestrationMetadata Of(InstanceState state, DataConverter? converter) => new(state.Started.Name, state.InstanceId)
    {
        RuntimeStatus = state.Status,
        CreatedAt = state.CreatedAt,
        LastUpdatedAt = state.LastUpdatedAt,
        Tags = state.Started.Tags,
        FailureDetails = converter is null ? null : state.End?.Failure,
        DataConverter = converter,
        SerializedInput = converter is null ? null : state.Started.Input,
        SerializedOutput = converter is null ? null : state.End?.Output,
        SerializedCustomStatus = converter is null ? null : state.CustomStatus,
    };
}
