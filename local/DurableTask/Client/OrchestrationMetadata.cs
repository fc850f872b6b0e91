using System.Collections.Immutable;

namespace Microsoft.DurableTask.Client;

/// <summary>What a query tells about an orchestration instance.</summary>
public sealed class OrchestrationMetadata
{
    /// <summary>Describes an instance.</summary>
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; }

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; }

    /// <summary>What reads the payloads; only there if inputs and outputs were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the instance stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its history last grew.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Its input, if asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>Its output, if asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>Its custom status, if asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Why it failed, if it did and inputs and outputs were asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether its status is <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it has ended: completed, failed or terminated.</summary>
    public bool IsCompleted => RuntimeStatus is
        OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <inheritdoc/>
    public override string ToString() => $"[{Name}, '{InstanceId}': {RuntimeStatus}, created {CreatedAt:u}, updated {LastUpdatedAt:u}]";

    private T? Read<T>(string? payload) => DataConverter is { } converter
        ? converter.Deserialize<T>(payload)
        : throw new InvalidOperationException(
            $"The payloads of instance '{InstanceId}' were not fetched; query it with getInputsAndOutputs or FetchInputsAndOutputs set.");
}
