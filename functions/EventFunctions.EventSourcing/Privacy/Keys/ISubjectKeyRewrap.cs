namespace EventFunctions.EventSourcing;

/// <summary>Brings the keys of people under the current version of the master key.</summary>
public interface ISubjectKeyRewrap
{
    /// <summary>How many keys another version than the current one has wrapped.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Wraps some of those keys anew. Each is written on its own, against what was read, so the work can stop at any moment and go on
    /// with the next call; keys that are made or deleted meanwhile are left to whoever does that.
    /// </summary>
    /// <param name="maxKeys">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were wrapped anew; 0 where nothing is left.</returns>
    Task<int> RewrapAsync(int maxKeys, CancellationToken cancellationToken = default);
}
