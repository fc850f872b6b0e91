using EventFunctions.Http;

namespace EventFunctions.Projections.Rebuild;

/// <summary>Why an operator's wish was not fulfilled.</summary>
internal static class RebuildProblems
{
    /// <summary>404: the projection was not rebuilt as far as is known.</summary>
    public static Problem NoRebuild(string name) => Problem.NotFound("rebuild-not-found", $"No rebuild of projection '{name}' is known.");

    /// <summary>409: one at a time.</summary>
    public static Problem UnderWay(string name) => new(
        409,
        "rebuild-under-way",
        "The projection is being rebuilt.",
        $"A rebuild of '{name}' is under way, or the views before it are still kept: cancel or finish it first.");

    /// <summary>409: the command has no meaning now.</summary>
    public static Problem NotNow(string command, RebuildReport report) => new(
        409,
        "rebuild-not-in-this-phase",
        "The rebuild cannot be told that now.",
        $"'{command}' has no meaning in phase {report.Phase}{(report.IsPaused ? ", paused" : string.Empty)}; "
        + $"it can be told: {(report.Commands.Count == 0 ? "nothing" : string.Join(", ", report.Commands))}.");

    /// <summary>404: there is no such command.</summary>
    public static Problem UnknownCommand(string command) => Problem.NotFound(
        "rebuild-command-not-found", $"There is no command '{command}', only {string.Join(", ", RebuildCommands.All)}.");
}
