using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a new orchestration instance is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="InstanceId">The instance's id; without one a new id is made.</param>
    /// <param name="StartAt">When the instance starts; at once if <see langword="null"/> or past.</param>
#pragma warning disable IDE1006 // The real constructor names its parameters like properties, and callers may use the names.
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
#pragma warning restore IDE1006
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Copies options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The instance's id: 1 to 100 characters, not starting with '@', without / \ # ? and control characters.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When the instance starts; until then it is pending.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Labels of the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The orchestrator's version; the default version if <see langword="null"/>.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Names of the statuses in which an existing instance of this id blocks the start; see the client's remarks.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
