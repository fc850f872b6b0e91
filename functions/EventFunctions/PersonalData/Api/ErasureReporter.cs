using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventFunctions.PersonalData.Api;

/// <summary>Tells what an erasure covered.</summary>
/// <param name="options">How long a key may be in other processes' memory.</param>
public sealed class ErasureReporter(IOptions<PersonalDataOptions> options)
{
    /// <summary>The problem's code where something could not be cleaned yet.</summary>
    public const string Unfinished = "erasure-unfinished";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private static readonly string[] SealedPlaces =
    [
        "events", "archived events", "snapshots", "views", "exports", "messages", "dead letters", "saga inputs and history", "requesters of events",
    ];

    private static readonly string[] Remaining =
    [
        "The pseudonym itself, in ids, amounts and states that books need.",
        "Events from before personal data was sealed keep it in clear.",
        "Backups of the container 'keys' from before the erasure have the wrapped key until their retention ends.",
    ];

    /// <summary>The report.</summary>
    public ErasureReport Of(ErasureRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new ErasureReport(
            record.Subject,
            record.IsComplete,
            record.Reason,
            record.RequestedBy,
            record.CorrelationId,
            record.RequestedAt,
            record.Runs,
            record.KeyDeletedAt,
            record.KeyDeletedAt + options.Value.KeyCacheTime,
            record.CompletedAt,
            record.KeyDeletedAt is null ? [] : SealedPlaces,
            [.. record.Participants.Select(p => new CleanedPlace(p.Name, p.Items, p.Error))],
            Remaining);
    }

    /// <summary>The answer to a request to erase.</summary>
    public IResult Answer(ErasureRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.IsComplete
            ? new ApiResult(StatusCodes.Status200OK, Of(record))
            : new ProblemResult(new Problem(StatusCodes.Status503ServiceUnavailable, Unfinished, "The erasure is not complete yet.", DetailOf(record))
            {
                RetryAfter = RetryAfter,
            });
    }

    private static string DetailOf(ErasureRecord record)
    {
        var failed = record.Participants.Where(p => p.Error is not null).Select(p => p.Name);
        return $"The key is deleted; not cleaned yet: {string.Join(", ", failed)}. Send the request again.";
    }
}
