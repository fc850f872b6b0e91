namespace EventFunctions.EventSourcing;

/// <summary>
/// Erases a person: their key is deleted first, which makes everything sealed unreadable at once and for good; then what is kept beside
/// is cleaned. Every step may be repeated, so an erasure that was interrupted, or met a store that was away, is simply run again.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="participants">What is kept beside.</param>
/// <param name="records">The records.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class SubjectErasure(
    ISubjectKeys keys, IEnumerable<IErasureParticipant> participants, IErasureRecords records, TimeProvider timeProvider)
{
    private const int MaxAttempts = 10;

    /// <summary>Runs the erasure, or runs it again.</summary>
    /// <returns>The record. Where a participant failed it says so, and the others were cleaned all the same.</returns>
    /// <exception cref="StoreUnavailableException">The keys or the records cannot be reached. Run it again.</exception>
    public async Task<ErasureRecord> RunAsync(DataSubjectId subject, ErasureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var begun = ErasureRecord.Of(subject, request, timeProvider.GetUtcNow());

        // Written down before anything is done: a run that breaks off leaves a record that says that it is not complete.
        await ChangeAsync(subject, begun, record => record, cancellationToken);
        var deleted = await keys.DeleteAsync(subject, cancellationToken);
        var parts = new List<ErasedPart>();
        foreach (var participant in participants)
        {
            parts.Add(await EraseAsync(participant, subject, cancellationToken));
        }
        return await ChangeAsync(subject, begun, record => record.After(deleted, parts, timeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>What was done; <see langword="null"/> if nobody asked for it.</summary>
    public async Task<ErasureRecord?> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default) =>
        (await records.FindAsync(subject, cancellationToken))?.Record;

    private static async Task<ErasedPart> EraseAsync(IErasureParticipant participant, DataSubjectId subject, CancellationToken cancellationToken)
    {
        try
        {
            return new ErasedPart(participant.Name, await participant.EraseAsync(subject, cancellationToken));
        }
#pragma warning disable CA1031 // Whatever hinders one of them must not keep the others; it is in the record, and the erasure is not complete.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new ErasedPart(participant.Name, 0, exception.Message);
        }
    }

    private async Task<ErasureRecord> ChangeAsync(
        DataSubjectId subject, ErasureRecord first, Func<ErasureRecord, ErasureRecord> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await records.FindAsync(subject, cancellationToken);
            var changed = change(stored?.Record ?? first);
            if (await records.SaveAsync(subject, changed, stored?.Token, cancellationToken) is not null)
            {
                return changed;
            }
        }
        throw new StoreUnavailableException($"The record of the erasure of '{subject}' was changed by others in each of {MaxAttempts} attempts.");
    }
}
