namespace EventFunctions.EventSourcing;

/// <summary>Keeps the records of erasures, one for each person.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached.</remarks>
public interface IErasureRecords
{
    /// <summary>The record of a person's erasure and its token, if there is one.</summary>
    Task<StoredErasure?> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>Writes a record, if what is there is still what was read.</summary>
    /// <param name="subject">The person.</param>
    /// <param name="record">The record.</param>
    /// <param name="token">Of the record that it replaces; <see langword="null"/> where there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new token; <see langword="null"/> if another wrote first.</returns>
    Task<string?> SaveAsync(DataSubjectId subject, ErasureRecord record, string? token, CancellationToken cancellationToken = default);
}

/// <summary>A record as it is stored.</summary>
/// <param name="Record">The record.</param>
/// <param name="Token">The token that a change needs.</param>
public sealed record StoredErasure(ErasureRecord Record, string Token);
