using EventFunctions.EventSourcing;
using FluentValidation;

namespace EventFunctions.Administration;

/// <summary>Asks for the first events of a stream to be archived.</summary>
/// <param name="ThroughVersion">The last version to take out; as many as the snapshot covers where it is left out.</param>
/// <param name="Reason">Why, kept in the tombstone.</param>
/// <param name="KeepCopy">Whether the archive keeps a copy; it does where this is left out.</param>
public sealed record ArchiveStreamRequest(long? ThroughVersion, string? Reason, bool? KeepCopy);

/// <summary>Checks <see cref="ArchiveStreamRequest"/>.</summary>
public sealed class ArchiveStreamValidator : AbstractValidator<ArchiveStreamRequest>
{
    private const int MaxReasonLength = 500;

    /// <summary>The rules.</summary>
    public ArchiveStreamValidator()
    {
        RuleFor(r => r.ThroughVersion).GreaterThanOrEqualTo(1).WithMessage("Must be 1 or more.");
        RuleFor(r => r.Reason)
            .Must(reason => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReasonLength)
            .WithMessage($"Must say why, in at most {MaxReasonLength} characters.");
    }
}

/// <summary>What stands in a stream after archiving.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ThroughVersion">The last version that was taken out.</param>
/// <param name="KeptFromVersion">The first version the archive has a copy of; absent where it has none.</param>
/// <param name="Checksum">The chain of checksums over the events taken out.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="Deleted">How many events this run deleted from the stream.</param>
/// <param name="Done">Whether that is all that was asked for; if not, the same request goes on.</param>
public sealed record ArchivedStream(
    string Stream,
    long ThroughVersion,
    long? KeptFromVersion,
    string Checksum,
    DateTimeOffset Time,
    string Reason,
    string By,
    long Deleted,
    bool Done)
{
    /// <summary>The result as it is answered.</summary>
    public static ArchivedStream Of(string stream, ArchiveResult.Archived archived)
    {
        ArgumentNullException.ThrowIfNull(archived);
        var tombstone = archived.Tombstone;
        return new ArchivedStream(
            stream,
            tombstone.Through,
            tombstone.HasCopies ? tombstone.KeptFrom : null,
            tombstone.Checksum,
            tombstone.Time,
            tombstone.Reason,
            tombstone.By,
            archived.Deleted,
            archived.IsDone);
    }
}
