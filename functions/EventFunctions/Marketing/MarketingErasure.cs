using EventFunctions.EventSourcing;

namespace EventFunctions.Marketing;

/// <summary>Erases people from what marketing keeps. What stays is that nothing may be kept of them.</summary>
/// <param name="profiles">The profiles.</param>
public sealed class MarketingErasure(ProfileStore profiles) : IErasureParticipant
{
    /// <inheritdoc/>
    public string Name => "marketing-profile";

    /// <inheritdoc/>
    public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return profiles.EraseAsync(subject.Id, subject.Tenant, cancellationToken);
    }
}
