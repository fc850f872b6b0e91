namespace EventFunctions.EventSourcing;

/// <summary>The keys of the people whom sealed data is about, one each.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store, or what wraps the keys, is away.</remarks>
public interface ISubjectKeys
{
    /// <summary>The person's key, made if they have none. Of several that make one at once the first one's is everybody's.</summary>
    /// <returns><see cref="SubjectKey.Held"/>, or <see cref="SubjectKey.Erased"/> for ever after the key was deleted.</returns>
    Task<SubjectKey> GetOrCreateAsync(DataSubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>What is known of the person's key.</summary>
    Task<SubjectKey> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes the person's key, also where there is none, and leaves a tombstone in its place. What was sealed with it can be read
    /// by nobody from then on.
    /// </summary>
    /// <returns>When the key was deleted: now, or by an earlier call.</returns>
    Task<DateTimeOffset> DeleteAsync(DataSubjectId subject, CancellationToken cancellationToken = default);
}
