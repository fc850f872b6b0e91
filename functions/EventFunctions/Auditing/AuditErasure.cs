using EventFunctions.EventSourcing;

namespace EventFunctions.Auditing;

/// <summary>
/// Erases people from the audit trail where they acted under their own pseudonym: what happened and when stays, who it was and
/// from where goes.
/// </summary>
/// <param name="trail">The audit trail.</param>
public sealed class AuditErasure(IAuditTrail trail) : IErasureParticipant
{
    /// <inheritdoc/>
    public string Name => "audit-trail";

    /// <inheritdoc/>
    public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return trail.EraseUserAsync(subject.Id, cancellationToken);
    }
}
