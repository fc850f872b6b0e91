namespace EventFunctions.PersonalData.Api;

/// <summary>What the erasure of a person covered.</summary>
/// <param name="Subject">The person, by their pseudonym.</param>
/// <param name="IsComplete">Whether everything was cleaned; if not, the same request should be sent again.</param>
/// <param name="Reason">Why.</param>
/// <param name="RequestedBy">Who asked first, as far as known.</param>
/// <param name="CorrelationId">The request that asked first.</param>
/// <param name="RequestedAt">When it was asked first, UTC.</param>
/// <param name="Runs">How often it was run.</param>
/// <param name="KeyDeletedAt">When the key was deleted, UTC.</param>
/// <param name="EffectiveEverywhereAt">When the last process that may have had the key in memory has let go of it, UTC.</param>
/// <param name="CompletedAt">When a run first came to its end, UTC.</param>
/// <param name="Sealed">The places whose personal data was sealed under the deleted key, and cannot be read any more.</param>
/// <param name="Cleaned">The places that were cleaned, with how many items.</param>
/// <param name="Remains">What stays, and until when.</param>
public sealed record ErasureReport(
    string Subject,
    bool IsComplete,
    string Reason,
    string? RequestedBy,
    string CorrelationId,
    DateTimeOffset RequestedAt,
    int Runs,
    DateTimeOffset? KeyDeletedAt,
    DateTimeOffset? EffectiveEverywhereAt,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<string> Sealed,
    IReadOnlyList<CleanedPlace> Cleaned,
    IReadOnlyList<string> Remains);

/// <summary>A place that was cleaned.</summary>
/// <param name="Name">The place.</param>
/// <param name="Items">How many items were cleaned, over all runs.</param>
/// <param name="Error">Why the last run did not finish it; absent if it did.</param>
public sealed record CleanedPlace(string Name, int Items, string? Error);
