using System.CommandLine;
using System.CommandLine.Invocation;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;
using EventFunctions.Local.Host.Demo;
using EventFunctions.Local.Host.Emulators;
using EventFunctions.Local.Host.ReplayCheck;
using EventFunctions.Local.Host.Serving;

using var signals = new StopSignals();
var root = HostCommandLine.Create(ServeUseCase.RunAsync, DemoUseCase.RunAsync);
foreach (var command in AdministrationCommands.Create(
    AdministrationUseCases.ExportAsync, AdministrationUseCases.ImportAsync, AdministrationUseCases.VerifyAsync))
{
    root.Subcommands.Add(command);
}

root.Subcommands.Add(CreateStoreCommand.Create());
foreach (var command in ReplayCheckCommands.Create(ReplayCheckUseCase.RunAsync, ExportHistoriesUseCase.RunAsync))
{
    root.Subcommands.Add(command);
}

root.Subcommands.Add(EmulatorsCommand.Create(EmulatorsUseCase.RunAsync));

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction mistake)
{
    // The error says what to do; a page of help behind it would push it off the screen.
    mistake.ShowHelp = false;
}

// The signals are ours: the library's own handling would end the process after two seconds, drained or not.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
var exitCode = await parsed.InvokeAsync(configuration, signals.Requested);
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
