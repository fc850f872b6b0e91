namespace EventFunctions.EventSourcing;

/// <summary>How a projection is.</summary>
/// <param name="State">In one word.</param>
/// <param name="LagEvents">How many events of its categories are newer than its position.</param>
/// <param name="Lag">The age of the oldest of them; zero if there is none.</param>
public sealed record ProjectionHealth(ProjectionState State, long LagEvents, TimeSpan Lag)
{
    /// <summary>
    /// Judges what was observed. A failure of the whole projection counts more than stalled streams, which let the others go on;
    /// both count more than being behind, which passes by itself.
    /// </summary>
    /// <param name="observed">What was observed.</param>
    /// <param name="limits">Where a state begins.</param>
    /// <param name="now">The time, UTC.</param>
    public static ProjectionHealth Of(ProjectionObservation observed, ProjectionHealthLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(limits);

        // Clocks of different machines: an event may be of a moment that is still to come here.
        var lag = observed.Backlog.Oldest is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
        var state = observed switch
        {
            _ when IsFailing(observed.Progress, limits, now) => ProjectionState.Failing,
            { StalledStreams: > 0 } => ProjectionState.Stalled,
            { Backlog.Events: > 0 } when lag > limits.BehindAfter => ProjectionState.Behind,
            _ => ProjectionState.Active,
        };
        return new ProjectionHealth(state, observed.Backlog.Events, lag);
    }

    private static bool IsFailing(ProjectionProgress progress, ProjectionHealthLimits limits, DateTimeOffset now) =>
        progress.Failure is { } failure
        && (progress.HandledAt is not { } handled || failure.At > handled)
        && now - failure.At <= limits.FailureWindow;
}

/// <summary>The state of a projection.</summary>
public enum ProjectionState
{
    /// <summary>It handles events as they come, or there are none.</summary>
    Active,

    /// <summary>Events wait longer than they should; it passes when the load does.</summary>
    Behind,

    /// <summary>The last attempt to handle an event failed, and not because of the event: the store is away, or contended.</summary>
    Failing,

    /// <summary>A stream or more wait for an event that cannot be applied; the others go on.</summary>
    Stalled,
}

/// <summary>What a projection's health is judged by.</summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="Backlog">The events of its categories after its position.</param>
/// <param name="StalledStreams">How many of its streams have stalled.</param>
public sealed record ProjectionObservation(ProjectionProgress Progress, EventBacklog Backlog, long StalledStreams);

/// <summary>Where the states of a projection begin.</summary>
/// <param name="BehindAfter">How old a waiting event may be.</param>
/// <param name="FailureWindow">How long a failure counts that no success followed.</param>
public sealed record ProjectionHealthLimits(TimeSpan BehindAfter, TimeSpan FailureWindow);
