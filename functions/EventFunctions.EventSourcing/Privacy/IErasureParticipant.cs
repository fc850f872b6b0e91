namespace EventFunctions.EventSourcing;

/// <summary>Keeps something about people beside the sealed events, and cleans it when a person's data is erased.</summary>
public interface IErasureParticipant
{
    /// <summary>What is cleaned, for the report of the erasure: lower-case words joined by hyphens, e.g. <c>customer-profile</c>.</summary>
    string Name { get; }

    /// <summary>Removes what is kept about the person. Called again after a failure, and again whenever an erasure is repeated.</summary>
    /// <param name="subject">The person. Their key is deleted already, so sealed data of theirs reads as <see cref="ErasedText"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many items were cleaned; 0 where nothing was kept.</returns>
    Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken);
}
