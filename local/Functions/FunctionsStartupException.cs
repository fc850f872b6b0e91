namespace EventFunctions.Local.Functions;

/// <summary>The function app can't be started as it is. The message lists every problem with its remedy.</summary>
public sealed class FunctionsStartupException : Exception
{
    /// <summary>Creates the exception from the problems that were found.</summary>
    public FunctionsStartupException(IReadOnlyList<string> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Creates the exception for one problem with a cause.</summary>
    public FunctionsStartupException(string problem, Exception cause)
        : base(Describe([problem]), cause) => Problems = [problem];

    /// <summary>The problems, one sentence or two each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 1
            ? $"The function app can't start: {problems[0]}"
            : $"The function app can't start, for {problems.Count} reasons:{string.Concat(problems.Select(p => "\n- " + p))}";
    }
}
