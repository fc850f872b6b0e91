using System.Runtime.InteropServices;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Where every change of the broker's state is written before anyone is told that it happened.
/// </summary>
/// <remarks>
/// What is done to a shard in one step is appended while its gate is held, so the steps of a shard are in the order they were made;
/// waiting for them to be safe happens outside the gate, so many can share one flush.
/// </remarks>
internal interface IBrokerLog
{
    /// <summary>Whether it wants to see the changes at all.</summary>
    bool KeepsChanges { get; }

    /// <summary>Takes steps in: all of them are kept, or none.</summary>
    /// <param name="steps">One, or two of shards between which a message moves. They are read before this returns.</param>
    /// <returns>Ends once they, and all before them, outlive the process, as far as this log can promise that.</returns>
    /// <exception cref="IOException">The log can't be written any more.</exception>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    Task AppendAsync(ReadOnlySpan<ShardStep> steps);
}

/// <summary>What was done to a shard while its gate was held once.</summary>
/// <param name="Shard">The number of its queue or topic.</param>
/// <param name="Number">Counts the steps of the shard, from 1.</param>
/// <param name="Changes">In their order.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShardStep(uint Shard, long Number, IReadOnlyList<LoggedChange> Changes);

/// <summary>One change of one entity.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoggedChange(EntityAddress Entity, BrokerRecord Record);

/// <summary>One change of one entity: what is logged, and what is applied.</summary>
internal abstract record BrokerRecord;
