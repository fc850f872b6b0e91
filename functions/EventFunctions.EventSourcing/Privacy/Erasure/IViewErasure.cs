namespace EventFunctions.EventSourcing;

/// <summary>Cleans the views that have sealed data of a person.</summary>
public interface IViewErasure
{
    /// <summary>
    /// Writes <see cref="ErasedText"/> where data of the person was sealed, in views of every kind and generation. It needs no key, and
    /// leaves what projections know of the view as it is: its version and its times.
    /// </summary>
    /// <param name="subject">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many views had data of theirs.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached. What was cleaned stays so.</exception>
    Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken = default);
}
