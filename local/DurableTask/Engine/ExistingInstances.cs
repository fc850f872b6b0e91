using System.Collections.Frozen;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>Which existing instances block a new start of their id. The others are replaced.</summary>
internal static class ExistingInstances
{
    private static readonly FrozenSet<OrchestrationRuntimeStatus> WhileRunning = FrozenSet.ToFrozenSet(
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);

    /// <param name="dedupeStatuses">The statuses that were named; without any, an instance that has not ended blocks.</param>
    /// <exception cref="ArgumentException">A name is no valid status.</exception>
    public static FrozenSet<OrchestrationRuntimeStatus> Blocking(IReadOnlyList<string>? dedupeStatuses) =>
        dedupeStatuses is null ? WhileRunning : dedupeStatuses.Select(Parse).ToFrozenSet();

    private static OrchestrationRuntimeStatus Parse(string name) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
        && StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Contains(status)
            ? status
            : throw new ArgumentException(
                $"'{name}' is not a status to deduplicate by; valid are {string.Join(", ", StartOrchestrationOptionsExtensions.ValidDedupeStatuses)}.",
                nameof(name));
}
