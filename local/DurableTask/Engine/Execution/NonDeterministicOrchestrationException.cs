#nullable disable

namespace DurableTask.Core.Exceptions;

/// <summary>Orchestrator code did something else in a replay than its history says it did.</summary>
public class NonDeterministicOrchestrationException : OrchestrationException
{
    /// <summary>Makes the exception.</summary>
    public NonDeterministicOrchestrationException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public NonDeterministicOrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
