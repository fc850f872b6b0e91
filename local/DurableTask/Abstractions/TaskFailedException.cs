namespace Microsoft.DurableTask;

/// <summary>An activity or a sub-orchestration failed; <see cref="FailureDetails"/> describes the original exception.</summary>
#pragma warning disable CA1032 // The real type has exactly these constructors.
public sealed class TaskFailedException : Exception
#pragma warning restore CA1032
{
    /// <summary>A failure by an exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>A failure known by its details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the task that failed.</summary>
    public string TaskName { get; }

    /// <summary>The id of the task within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>The original exception.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>Whether the original exception was of a type.</summary>
    [Obsolete("Use FailureDetails.IsCausedBy<T>().")]
    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails.IsCausedBy<T>();

    private static string Describe(string taskName, int taskId, string message) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {message}";
}
