namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has begun and is not suspended.</summary>
    Running = 0,

    /// <summary>It returned.</summary>
    Completed = 1,

    /// <summary>Never reported: an instance that starts over is running.</summary>
    [Obsolete("An instance that continued as new is reported as running.")]
    ContinuedAsNew = 2,

    /// <summary>It ended with an exception.</summary>
    Failed = 3,

    /// <summary>Never reported.</summary>
    [Obsolete("Instances are not cancelled but terminated.")]
    Canceled = 4,

    /// <summary>It was terminated.</summary>
    Terminated = 5,

    /// <summary>It was scheduled and has not begun.</summary>
    Pending = 6,

    /// <summary>It processes nothing until it is resumed.</summary>
    Suspended = 7,
}
