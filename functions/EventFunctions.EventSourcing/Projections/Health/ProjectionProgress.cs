namespace EventFunctions.EventSourcing;

/// <summary>How far a projection has come, as one instance of the app or all of them together have seen it.</summary>
/// <param name="Position">The newest event that was handled; <see langword="null"/> before the first.</param>
/// <param name="HandledAt">When an event was handled last, UTC.</param>
/// <param name="Failure">The last failure that was not an event's own, if there was one.</param>
public sealed record ProjectionProgress(ProjectionPosition? Position, DateTimeOffset? HandledAt, ProjectionFailure? Failure)
{
    /// <summary>Nothing was handled yet.</summary>
    public static ProjectionProgress None { get; } = new(null, null, null);

    /// <summary>The progress after an event was handled: applied, seen before, or recorded as one that stalls its stream.</summary>
    public ProjectionProgress Handled(EventEnvelope envelope, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return this with
        {
            Position = ProjectionPosition.Newest(Position, ProjectionPosition.Of(envelope)),
            HandledAt = now > HandledAt ? now : HandledAt ?? now,
        };
    }

    /// <summary>The progress after a failure that is not an event's own.</summary>
    public ProjectionProgress Failed(string error, DateTimeOffset now) => this with { Failure = new ProjectionFailure(now, error) };

    /// <summary>The newest of both: however often and in whatever order instances are merged, the outcome is the same.</summary>
    public ProjectionProgress Merge(ProjectionProgress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ProjectionProgress(
            ProjectionPosition.Newest(Position, other.Position),
            HandledAt is null || other.HandledAt > HandledAt ? other.HandledAt : HandledAt,
            ProjectionFailure.Newest(Failure, other.Failure));
    }
}

/// <summary>The newest event that a projection handled. Streams do not wait for each other, so older events may still be on their way.</summary>
/// <param name="Time">When the event was decided, UTC.</param>
/// <param name="Stream">The event's stream.</param>
/// <param name="Version">The event's version in it.</param>
public sealed record ProjectionPosition(DateTimeOffset Time, string Stream, long Version)
{
    /// <summary>The position of an event.</summary>
    public static ProjectionPosition Of(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new ProjectionPosition(envelope.Time.ToUniversalTime(), envelope.Stream.Value, envelope.Version);
    }

    /// <summary>The later of two; where the time is the same, stream and version tell, so that the order of asking does not.</summary>
    public static ProjectionPosition? Newest(ProjectionPosition? one, ProjectionPosition? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => Compare(one, other) >= 0 ? one : other,
    };

    private static int Compare(ProjectionPosition one, ProjectionPosition other) =>
        one.Time != other.Time ? one.Time.CompareTo(other.Time)
        : one.Version != other.Version ? one.Version.CompareTo(other.Version)
        : string.CompareOrdinal(one.Stream, other.Stream);
}

/// <summary>A failure to handle an event that was not the event's own: the store was away, or other writers won every attempt.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Error">What failed, at most <see cref="StalledStream.MaxErrorLength"/> characters.</param>
public sealed record ProjectionFailure(DateTimeOffset At, string Error)
{
    /// <summary>The later of two.</summary>
    public static ProjectionFailure? Newest(ProjectionFailure? one, ProjectionFailure? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ when one.At != other.At => one.At > other.At ? one : other,
        _ => string.CompareOrdinal(one.Error, other.Error) >= 0 ? one : other,
    };
}
