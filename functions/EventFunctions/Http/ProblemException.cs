namespace EventFunctions.Http;

/// <summary>Ends a request with a problem from where no result can be returned: while its body and headers are read.</summary>
/// <param name="problem">The answer.</param>
/// <param name="cause">What led to it, for the log.</param>
public sealed class ProblemException(Problem problem, Exception? cause = null) : Exception(problem.Detail ?? problem.Title, cause)
{
    /// <summary>The answer.</summary>
    public Problem Problem { get; } = problem;
}
