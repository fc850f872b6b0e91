using System.CommandLine;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.ReplayCheck;

/// <summary>The commands that check before a deployment whether running orchestrations survive it.</summary>
internal static class ReplayCheckCommands
{
    /// <summary>The commands.</summary>
    /// <param name="check">Replays; returns the exit code.</param>
    /// <param name="export">Exports; returns the exit code.</param>
    public static IReadOnlyList<Command> Create(
        Func<ReplayCheckArguments, CancellationToken, Task<int>> check, Func<ExportHistoriesArguments, CancellationToken, Task<int>> export) =>
        [CreateCheck(check), CreateExport(export)];

    private static Command CreateCheck(Func<ReplayCheckArguments, CancellationToken, Task<int>> check)
    {
        var folder = Folder("The folder with the exported histories, a .json file for each instance.");
        var version = new Option<string[]>("--version")
        {
            Description = "A version that instances may have been started with; exports of Azure do not tell. Can be given repeatedly. That of host.json where it is left out.",
            HelpName = "VERSION",
        };
        var command = new Command("replay-check", "Replays exported histories against this code, without running anything; exit code 0 only if it does what all of them say.")
        {
            folder, version,
        };
        command.SetAction((parsed, cancellationToken) => check(
            new ReplayCheckArguments(parsed.GetRequiredValue(folder), parsed.GetValue(version) ?? []), cancellationToken));
        return command;
    }

    private static Command CreateExport(Func<ExportHistoriesArguments, CancellationToken, Task<int>> export)
    {
        var folder = Folder("The folder to write into; it is made if it is not there.");
        var url = HttpAddress.Option<Uri>("--url", "The running app, e.g. http://localhost:7071.");
        url.Required = true;
        var key = new Option<string?>("--key") { Description = "The system key durabletask_extension of an app on Azure.", HelpName = "KEY" };
        var status = new Option<string[]>("--status")
        {
            Description = "Only instances of this runtime status, e.g. Running. Can be given repeatedly. All where it is left out.",
            HelpName = "STATUS",
        };
        var command = new Command("export-histories", "Writes the histories of an app's orchestrations into files, for replay-check.") { folder, url, key, status };
        command.SetAction((parsed, cancellationToken) => export(
            new ExportHistoriesArguments(
                new AdminTarget(parsed.GetRequiredValue(url), parsed.GetValue(key)), parsed.GetRequiredValue(folder), parsed.GetValue(status) ?? []),
            cancellationToken));
        return command;
    }

    private static Argument<string> Folder(string description) => new("DIR") { Description = description };
}
