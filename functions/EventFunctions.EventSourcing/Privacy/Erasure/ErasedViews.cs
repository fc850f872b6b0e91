namespace EventFunctions.EventSourcing;

/// <summary>The views' part in an erasure.</summary>
public sealed class ErasedViews(IViewErasure views) : IErasureParticipant
{
    /// <inheritdoc/>
    public string Name => "views";

    /// <inheritdoc/>
    public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken) => views.EraseAsync(subject, cancellationToken);
}
