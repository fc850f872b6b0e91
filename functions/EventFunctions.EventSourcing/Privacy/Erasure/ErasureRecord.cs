namespace EventFunctions.EventSourcing;

/// <summary>What an erasure did: the proof that it was done, and of what it covered. It says nothing of the person but their pseudonym.</summary>
/// <param name="Subject">The person, as <see cref="DataSubjectId.ToString"/> writes them.</param>
/// <param name="Reason">Why, as who asked for it put it; it must not name the person.</param>
/// <param name="RequestedBy">Who asked first, as far as known.</param>
/// <param name="CorrelationId">The request that asked first.</param>
/// <param name="RequestedAt">When it was asked first.</param>
/// <param name="Runs">How often it was run.</param>
/// <param name="KeyDeletedAt">When the key was deleted: from then on nothing that was sealed can be read.</param>
/// <param name="Participants">What was cleaned beside the sealed data, one entry for each participant.</param>
/// <param name="CompletedAt">When a run first came to its end without a failure; <see langword="null"/> while none has.</param>
public sealed record ErasureRecord(
    string Subject,
    string Reason,
    string? RequestedBy,
    string CorrelationId,
    DateTimeOffset RequestedAt,
    int Runs,
    DateTimeOffset? KeyDeletedAt,
    IReadOnlyList<ErasedPart> Participants,
    DateTimeOffset? CompletedAt)
{
    /// <summary>Whether everything was cleaned.</summary>
    public bool IsComplete => CompletedAt is not null && Participants.All(p => p.Error is null);

    /// <summary>The record before the first run.</summary>
    public static ErasureRecord Of(DataSubjectId subject, ErasureRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(request);
        return new ErasureRecord(subject.ToString(), request.Reason, request.RequestedBy, request.CorrelationId, now, 0, null, [], null);
    }

    /// <summary>The record after a run.</summary>
    /// <param name="keyDeletedAt">When the key was deleted.</param>
    /// <param name="parts">What this run cleaned.</param>
    /// <param name="now">The end of the run.</param>
    public ErasureRecord After(DateTimeOffset keyDeletedAt, IReadOnlyList<ErasedPart> parts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var before = Participants.ToDictionary(p => p.Name, p => p.Items, StringComparer.Ordinal);
        return this with
        {
            Runs = Runs + 1,
            KeyDeletedAt = keyDeletedAt,
            Participants = [.. parts.Select(p => p with { Items = p.Items + before.GetValueOrDefault(p.Name) })],
            CompletedAt = parts.All(p => p.Error is null) ? CompletedAt ?? now : CompletedAt,
        };
    }
}

/// <summary>What one participant cleaned.</summary>
/// <param name="Name">The participant's <see cref="IErasureParticipant.Name"/>.</param>
/// <param name="Items">How many items, over all runs.</param>
/// <param name="Error">Why the last run did not finish it; <see langword="null"/> if it did.</param>
public sealed record ErasedPart(string Name, int Items, string? Error = null);

/// <summary>Who asks for an erasure, and why.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RequestedBy">Who, as far as known.</param>
/// <param name="CorrelationId">The request.</param>
public sealed record ErasureRequest(string Reason, string? RequestedBy, string CorrelationId);
