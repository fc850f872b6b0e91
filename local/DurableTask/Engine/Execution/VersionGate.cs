using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>Decides by its version whether an instance's code is run.</summary>
internal sealed class VersionGate(DurableTaskEngineOptions options)
{
    private const string ErrorType = "VersionMismatch";

    /// <summary>Whether instances of a version are left as they are.</summary>
    public bool Rejects(string version) => options.VersionFailure == VersionFailureStrategy.Reject && !Matches(version);

    /// <summary>The failure that instances of a version end with; <see langword="null"/> if there is none.</summary>
    public TaskFailureDetails? Failure(string version) => options.VersionFailure == VersionFailureStrategy.Fail && !Matches(version)
        ? new TaskFailureDetails(ErrorType, Describe(version), null, null, null)
        : null;

    /// <summary>Why a version doesn't match.</summary>
    public string Describe(string version) =>
        $"The orchestration version '{version}' {(options.VersionMatch == VersionMatchStrategy.Strict ? "does not match" : "is greater than")} "
        + $"the worker version '{options.DefaultVersion}'.";

    private bool Matches(string version) => options.VersionMatch switch
    {
        VersionMatchStrategy.None => true,
        VersionMatchStrategy.Strict => VersionOrder.Compare(version, options.DefaultVersion) == 0,
        VersionMatchStrategy.CurrentOrOlder => VersionOrder.Compare(version, options.DefaultVersion) <= 0,
        _ => throw new InvalidOperationException($"{options.VersionMatch} is no strategy."),
    };
}
