namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Where every change of the broker's state is written before anyone is told that it happened.
/// </summary>
/// <remarks>
/// A record is appended while its entity's gate is held, so records of one entity are in the order they were applied; waiting
/// for it to be safe happens outside the gate, so many changes can share one flush.
/// </remarks>
internal interface IBrokerLog
{
    /// <summary>Takes a record in, in order, and returns its position.</summary>
    long Append(string entityPath, BrokerRecord record);

    /// <summary>Completes once everything up to the position outlives the process, as far as this log can promise that.</summary>
    ValueTask FlushedAsync(long position, CancellationToken cancellationToken);
}

/// <summary>One change of one entity: what is logged, and what is applied.</summary>
internal abstract record BrokerRecord;
