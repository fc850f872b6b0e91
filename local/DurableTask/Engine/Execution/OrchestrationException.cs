namespace DurableTask.Core.Exceptions;

/// <summary>An orchestration cannot go on, for the engine's reasons or its code's.</summary>
public class OrchestrationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public OrchestrationException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public OrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public OrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
