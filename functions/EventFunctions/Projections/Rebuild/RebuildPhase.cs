namespace EventFunctions.Projections.Rebuild;

/// <summary>The phases of a rebuild, in their order. Strings, because they are read by people and by other programs.</summary>
public static class RebuildPhase
{
    /// <summary>The new generation is being announced.</summary>
    public const string Beginning = "Beginning";

    /// <summary>Waits until every handler knows of the new generation: from then on no event can fall between live and replay.</summary>
    public const string Settling = "Settling";

    /// <summary>Events are read and applied.</summary>
    public const string Replaying = "Replaying";

    /// <summary>Streams that failed are tried again.</summary>
    public const string Mending = "Mending";

    /// <summary>The two generations are compared.</summary>
    public const string Comparing = "Comparing";

    /// <summary>Views that differed are looked at again, because they may only have been on the move.</summary>
    public const string LookingAgain = "LookingAgain";

    /// <summary>What was found decides whether the new generation serves by itself.</summary>
    public const string Deciding = "Deciding";

    /// <summary>The generations differ: somebody has to say <c>switch</c> or <c>cancel</c>, or <c>resume</c> once the cause is mended.</summary>
    public const string AwaitingApproval = "AwaitingApproval";

    /// <summary>The new generation is made to serve.</summary>
    public const string Switching = "Switching";

    /// <summary>The new generation serves; the one before is kept for <c>rollback</c> until <c>finish</c> or the end of the retention.</summary>
    public const string Kept = "Kept";

    /// <summary>The generation before is made to serve again.</summary>
    public const string RollingBack = "RollingBack";

    /// <summary>The generation before is given up.</summary>
    public const string Finishing = "Finishing";

    /// <summary>The new generation is given up.</summary>
    public const string Cancelling = "Cancelling";

    /// <summary>Views that nobody needs are deleted.</summary>
    public const string Purging = "Purging";

    /// <summary>A step failed in every attempt: somebody has to say <c>resume</c> or, before the switch, <c>cancel</c>.</summary>
    public const string Failed = "Failed";

    /// <summary>End: the new generation serves and is the only one.</summary>
    public const string Completed = "Completed";

    /// <summary>End: the generation before serves again and is the only one.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>End: the generation that served goes on serving and is the only one.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>Whether a rebuild is over.</summary>
    public static bool IsEnd(string phase) => phase is Completed or RolledBack or Cancelled;

    /// <summary>Whether a rebuild waits for somebody or for a date, so that there is nothing to pause.</summary>
    public static bool IsWaiting(string phase) => phase is AwaitingApproval or Kept or Failed;
}
