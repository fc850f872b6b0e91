using System.CommandLine;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>The command <c>emulators</c>.</summary>
internal static class EmulatorsCommand
{
    /// <summary>The port that clients of an emulated Cosmos DB expect.</summary>
    public const int CosmosPort = 8081;

    /// <summary>The port that clients of an emulated Service Bus expect.</summary>
    public const int ServiceBusPort = 5672;

    /// <summary>The port that administration clients of an emulated Service Bus expect.</summary>
    public const int ServiceBusAdministrationPort = 5300;

    /// <summary>Where state is kept where nothing is said, below the working directory.</summary>
    public const string Folder = ".eventfunctions/emulators";

    /// <summary>The command.</summary>
    /// <param name="run">Runs the emulators until it is cancelled; returns the exit code.</param>
    public static Command Create(Func<EmulatorsArguments, CancellationToken, Task<int>> run)
    {
        var cosmosPort = Port("--cosmos-port", CosmosPort, "The port of the Cosmos DB endpoint on loopback; 0 takes a free one.");
        var serviceBusPort = Port("--servicebus-port", ServiceBusPort, "The port of the Service Bus endpoint (AMQP 1.0) on loopback; 0 takes a free one.");
        var administrationPort = Port(
            "--servicebus-admin-port", ServiceBusAdministrationPort, "The port of the Service Bus administration (HTTP) on loopback; 0 takes a free one.");
        var topology = new Option<string?>("--topology")
        {
            Description = "The file that declares queues, topics and subscriptions. infra/messaging.json where nothing is said.",
            HelpName = "FILE",
        };
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
        var command = new Command("emulators", "Runs the Cosmos DB and Service Bus endpoints alone, for any app, until it is stopped.")
        {
            cosmosPort, serviceBusPort, administrationPort, topology, listen, throttle, json, logLevel,
        };
        state.AddTo(command);
        command.SetAction((parsed, cancellationToken) => run(
            new EmulatorsArguments(
                parsed.GetValue(cosmosPort),
                parsed.GetValue(serviceBusPort),
                parsed.GetValue(administrationPort),
                parsed.GetValue(topology),
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

    private static Option<int> Port(string name, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "PORT", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var port) && port is < 0 or > 65535)
            {
                result.AddError($"{name} {port}: a port lies between 0 (a free one) and 65535.");
            }
        });
        return option;
    }
}
