namespace EventFunctions.EventSourcing;

/// <summary>Remembers of every event who did what, when and from where. Entries are added and never change, but for erasures.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IAuditTrail
{
    /// <summary>Adds an entry. One that is there already is left as it is.</summary>
    Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The entries that are asked for, newest first, a page at a time.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="pageSize">1 to <see cref="AuditPage.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="InvalidContinuationException">The continuation is not one of this question.</exception>
    Task<AuditPage> ReadAsync(AuditQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets who a user was and where they were: entries of theirs stay, with <see cref="ErasedText"/> in the place of both, and
    /// are no longer found by user.
    /// </summary>
    /// <returns>How many events are about the user no longer.</returns>
    Task<int> EraseUserAsync(string user, CancellationToken cancellationToken = default);
}
