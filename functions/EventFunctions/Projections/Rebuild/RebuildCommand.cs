namespace EventFunctions.Projections.Rebuild;

/// <summary>What a running rebuild is told, as an external event.</summary>
/// <param name="Name">One of <see cref="RebuildCommands"/>.</param>
public sealed record RebuildCommand(string Name);

/// <summary>What a rebuild can be told, and when.</summary>
public static class RebuildCommands
{
    /// <summary>The name of the external event.</summary>
    public const string EventName = "RebuildCommand";

    /// <summary>Give up the new generation.</summary>
    public const string Cancel = "cancel";

    /// <summary>Have the new generation serve though it differs.</summary>
    public const string Switch = "switch";

    /// <summary>Have the generation before serve again.</summary>
    public const string Rollback = "rollback";

    /// <summary>Delete the generation before.</summary>
    public const string Finish = "finish";

    /// <summary>Stop between two steps.</summary>
    public const string Pause = "pause";

    /// <summary>Go on after a pause, try a step again that failed in every attempt, or mend and compare again what did not agree.</summary>
    public const string Resume = "resume";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pause, Resume, Cancel, Switch, Rollback, Finish];

    /// <summary>The phase that a command leads to.</summary>
    /// <param name="command">The command.</param>
    /// <param name="phase">The phase the rebuild is in.</param>
    /// <param name="failedPhase">The phase that failed, where one did.</param>
    /// <returns><see langword="null"/> if the command has no meaning in the phase.</returns>
    public static string? Next(string command, string phase, string? failedPhase) => (command, phase) switch
    {
        (Cancel, RebuildPhase.Failed) => failedPhase is not null && IsBeforeSwitch(failedPhase) ? RebuildPhase.Cancelling : null,
        (Cancel, _) => IsBeforeSwitch(phase) ? RebuildPhase.Cancelling : null,
        (Switch, RebuildPhase.AwaitingApproval) => RebuildPhase.Switching,
        (Rollback, RebuildPhase.Kept) => RebuildPhase.RollingBack,
        (Finish, RebuildPhase.Kept) => RebuildPhase.Finishing,
        (Resume, RebuildPhase.Failed) => failedPhase,
        (Resume, RebuildPhase.AwaitingApproval) => RebuildPhase.Mending,
        _ => null,
    };

    private static bool IsBeforeSwitch(string phase) => phase is RebuildPhase.Beginning or RebuildPhase.Settling or RebuildPhase.Replaying
        or RebuildPhase.Mending or RebuildPhase.Comparing or RebuildPhase.LookingAgain or RebuildPhase.Deciding or RebuildPhase.AwaitingApproval;
}
