using System.CommandLine;
using EventFunctions.EventSourcing;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The commands that administer the store of a running app, here or on Azure.</summary>
internal static class AdministrationCommands
{
    /// <summary>The commands.</summary>
    /// <param name="export">Exports; returns the exit code.</param>
    /// <param name="import">Imports; returns the exit code.</param>
    /// <param name="verify">Verifies; returns the exit code.</param>
    public static IReadOnlyList<Command> Create(
        Func<ExportArguments, CancellationToken, Task<int>> export,
        Func<ImportArguments, CancellationToken, Task<int>> import,
        Func<VerifyArguments, CancellationToken, Task<int>> verify) => [CreateExport(export), CreateImport(import), CreateVerify(verify)];

    private static Command CreateExport(Func<ExportArguments, CancellationToken, Task<int>> export)
    {
        var (url, key, file) = (Url(), Key(), FileOption("The file to write; it must not be there yet, unless it is resumed."));
        var stream = new Option<string?>("--stream") { Description = "The one stream to export; all of them where this is left out.", HelpName = "STREAM" };
        stream.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !StreamName.TryParse(text, out _))
            {
                result.AddError($"--stream {text}: a stream's name reads [tenant.]category-id.");
            }
        });
        var resume = new Option<bool>("--resume") { Description = "Goes on with a file that an interrupted export has left." };
        var command = new Command("export", "Writes the streams of a running app into a file of JSON lines with checksums.") { url, key, file, stream, resume };
        command.SetAction((parsed, cancellationToken) => export(
            new ExportArguments(
                new AdminTarget(parsed.GetRequiredValue(url), parsed.GetValue(key)),
                parsed.GetRequiredValue(file),
                parsed.GetValue(stream),
                parsed.GetValue(resume)),
            cancellationToken));
        return command;
    }

    private static Command CreateImport(Func<ImportArguments, CancellationToken, Task<int>> import)
    {
        var (url, key, file) = (Url(), Key(), FileOption("The file to read."));
        var mapping = new Option<string?>("--mapping")
        {
            Description = "A JSON file that tells how another system's events, one to a line, become events of this one.",
            HelpName = "FILE",
        };
        var command = new Command("import", "Writes a file of streams into a running app. What is new there is published.") { url, key, file, mapping };
        command.SetAction((parsed, cancellationToken) => import(
            new ImportArguments(
                new AdminTarget(parsed.GetRequiredValue(url), parsed.GetValue(key)), parsed.GetRequiredValue(file), parsed.GetValue(mapping)),
            cancellationToken));
        return command;
    }

    private static Command CreateVerify(Func<VerifyArguments, CancellationToken, Task<int>> verify)
    {
        var (url, key) = (Url(), Key());
        var command = new Command("verify", "Looks for damage in the store of a running app; exit code 0 only if there is none.") { url, key };
        command.SetAction((parsed, cancellationToken) => verify(
            new VerifyArguments(new AdminTarget(parsed.GetRequiredValue(url), parsed.GetValue(key))), cancellationToken));
        return command;
    }

    private static Option<Uri> Url()
    {
        var option = HttpAddress.Option<Uri>("--url", "The running app, e.g. http://localhost:7071.");
        option.Required = true;
        return option;
    }

    private static Option<string?> Key() => new("--key") { Description = "The function key of an app on Azure.", HelpName = "KEY" };

    private static Option<string> FileOption(string description) => new("--file") { Description = description, HelpName = "FILE", Required = true };
}
