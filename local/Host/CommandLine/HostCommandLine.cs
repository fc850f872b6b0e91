using System.CommandLine;

namespace EventFunctions.Local.Host.CommandLine;

/// <summary>The executable's command line.</summary>
internal static class HostCommandLine
{
    /// <summary>Where state is kept where nothing is said, below the working directory.</summary>
    public const string Folder = ".eventfunctions/app";

    /// <summary>The commands with what they run.</summary>
    /// <param name="serve">Serves until it is cancelled; returns the exit code.</param>
    /// <param name="demo">Runs the demo; returns the exit code.</param>
    public static RootCommand Create(
        Func<ServeArguments, CancellationToken, Task<int>> serve, Func<DemoArguments, CancellationToken, Task<int>> demo)
    {
        var port = new Option<int>("--port") { Description = "The app's port on loopback; 0, or leaving it out, takes a free one.", HelpName = "PORT" };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 65535)
            {
                result.AddError($"--port {number}: a port lies between 0 (a free one) and 65535.");
            }
        });

        var state = new StateOptions(Folder);
        var verbose = new Option<bool>("--verbose") { Description = "Shows the phases of the start, and log lines from Information up." };
        var logLevel = LogLevelOption("The least severe log lines to show, on standard error. Warning where nothing is said.");

        var root = new RootCommand("Runs the EventFunctions back end with its store, broker, engine and sandboxed partners in one process, on loopback.")
        {
            port, verbose, logLevel,
        };
        state.AddTo(root);
        root.SetAction((parsed, cancellationToken) => serve(
            new ServeArguments(
                parsed.GetValue(port),
                state.FolderIn(parsed),
                parsed.GetValue(verbose),
                parsed.GetValue(logLevel) ?? (parsed.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning)),
            cancellationToken));
        root.Subcommands.Add(CreateDemo(demo));
        return root;
    }

    private static Command CreateDemo(Func<DemoArguments, CancellationToken, Task<int>> demo)
    {
        var orders = new Option<int>("--orders") { Description = "Orders in the burst, 1 to 5000.", HelpName = "N", DefaultValueFactory = _ => 200 };
        orders.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 1 or > 5000)
            {
                result.AddError($"--orders {number}: the burst has 1 to 5000 orders.");
            }
        });

        var seed = new Option<int>("--seed") { Description = "Decides the burst's mix of outcomes.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var url = HttpAddress.Option<Uri?>("--url", "A running app to drive, instead of starting one; needs --sandbox-url.");
        var sandboxUrl = HttpAddress.Option<Uri?>("--sandbox-url", "The sandbox of the running app.");
        var verbose = new Option<bool>("--verbose") { Description = "Shows every check, not only those that failed." };
        var logLevel = LogLevelOption("The least severe log lines to show as they come, on standard error. Where nothing is said, errors are shown at the end, if a check failed.");

        var command = new Command("demo", "Drives the back end over HTTP through every outcome of an order and checks each; exit code 0 only if all hold.")
        {
            orders, seed, url, sandboxUrl, verbose, logLevel,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(url) is null != result.GetResult(sandboxUrl) is null)
            {
                result.AddError("--url and --sandbox-url go together: the demo checks the partners' books too.");
            }
        });
        command.SetAction((parsed, cancellationToken) => demo(
            new DemoArguments(
                parsed.GetValue(orders),
                parsed.GetValue(seed),
                parsed.GetValue(url),
                parsed.GetValue(sandboxUrl),
                parsed.GetValue(verbose),
                parsed.GetValue(logLevel)),
            cancellationToken));
        return command;
    }

    private static Option<LogLevel?> LogLevelOption(string description) => new("--log-level") { Description = description, HelpName = "LEVEL" };
}
