using System.CommandLine;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>The command <c>emulators</c>.</summary>
internal static class EmulatorsCommand
{
    /// <summary>The port that clients of an emulated Cosmos DB expect.</summary>
    public const int CosmosPort = 8081;

    /// <summary>Where state is kept where nothing is said, below the working directory.</summary>
    public const string Folder = ".eventfunctions/emulators";

    /// <summary>The command.</summary>
    /// <param name="run">Runs the emulators until it is cancelled; returns the exit code.</param>
    public static Command Create(Func<EmulatorsArguments, CancellationToken, Task<int>> run)
    {
        var cosmosPort = new Option<int>("--cosmos-port")
        {
            Description = "The port of the Cosmos DB endpoint on loopback; 0 takes a free one.",
            HelpName = "PORT",
            DefaultValueFactory = _ => CosmosPort,
        };
        cosmosPort.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var port) && port is < 0 or > 65535)
            {
                result.AddError($"--cosmos-port {port}: a port lies between 0 (a free one) and 65535.");
            }
        });
        var state = new StateOptions(Folder);
        var json = new Option<bool>("--json") { Description = "Prints one line of JSON with the connection strings once they can be used, and nothing else." };
        var logLevel = new Option<LogLevel>("--log-level")
        {
            Description = "The least severe log lines to show, on standard error.",
            HelpName = "LEVEL",
            DefaultValueFactory = _ => LogLevel.Warning,
        };
        var listen = ListenOption.Create();
        var throttle = new Option<bool>("--throttle") { Description = "Holds containers to their throughput, as the service does: what is beyond it is answered 429." };
        var command = new Command("emulators", "Runs the Cosmos DB endpoint alone, for any app, until it is stopped.") { cosmosPort, listen, throttle, json, logLevel };
        state.AddTo(command);
        command.SetAction((parsed, cancellationToken) => run(
            new EmulatorsArguments(
                parsed.GetValue(cosmosPort),
                state.FolderIn(parsed),
                parsed.GetValue(json),
                parsed.GetValue(logLevel))
            {
                Listen = parsed.GetRequiredValue(listen),
                Throttle = parsed.GetValue(throttle),
            },
            cancellationToken));
        return command;
    }
}
