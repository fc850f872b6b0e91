using System.Collections.Immutable;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// One atomic change of the hub. Applying the records of a log in their order gives the same hub again: what a commit sends to other
/// instances follows from its events, so it is not written twice.
/// </summary>
public abstract record HubRecord
{
    private HubRecord()
    {
    }

    /// <summary>The instance it is about.</summary>
    public required string InstanceId { get; init; }

    /// <summary>An instance was started by a client; one that had the id is replaced.</summary>
    public sealed record InstanceStarted(HistoryEvent.ExecutionStarted Started) : HubRecord;

    /// <summary>Something reached an instance's inbox.</summary>
    /// <param name="ExecutionId">The execution it is meant for; any if <see langword="null"/>.</param>
    /// <param name="Event">What it will be in the history.</param>
    public sealed record MessageReceived(string? ExecutionId, HistoryEvent Event) : HubRecord;

    /// <summary>An episode ended: messages became history, and the code decided.</summary>
    /// <param name="ExecutionId">The execution that ran; if it has been replaced meanwhile, nothing happens.</param>
    /// <param name="Consumed">The messages that left the inbox.</param>
    /// <param name="Events">What is added to the history.</param>
    public sealed record EpisodeCommitted(string ExecutionId, ImmutableArray<long> Consumed, ImmutableArray<HistoryEvent> Events) : HubRecord;

    /// <summary>A failed instance, and the failed sub-orchestrations that made it fail, go on from before the failure.</summary>
    /// <param name="Event">What it will be in the history.</param>
    public sealed record InstanceRewound(HistoryEvent.Rewound Event) : HubRecord;

    /// <summary>An instance and its history were deleted.</summary>
    public sealed record InstancePurged : HubRecord;
}

/// <summary>Where the hub's records go before anyone is told of them.</summary>
public interface IHubLog
{
    /// <summary>
    /// Takes the next record. Calls come one at a time, in order, and return at once; the task completes when the record, and so
    /// every one before it, is durable. A task that fails stops the hub. What is thrown at once refuses this record and no other, e.g.
    /// because it is too large.
    /// </summary>
    Task AppendAsync(HubRecord record);
}

/// <summary>Keeps nothing: the hub lives as long as the process.</summary>
public sealed class EphemeralHubLog : IHubLog
{
    /// <inheritdoc/>
    public Task AppendAsync(HubRecord record) => Task.CompletedTask;
}
