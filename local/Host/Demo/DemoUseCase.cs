using EventFunctions.Local.Host.CommandLine;
using EventFunctions.Local.Host.Demo.Burst;
using EventFunctions.Local.Host.Demo.Display;
using Spectre.Console;

namespace EventFunctions.Local.Host.Demo;

/// <summary>The command <c>demo</c>: starts the runtime unless one is given, plays every scenario, and tells by its exit code whether all checks hold.</summary>
internal static class DemoUseCase
{
    private const int WidthOfFiles = 180;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments is { Url: { } url, SandboxUrl: { } sandboxUrl })
            {
                return await PlayAsync(arguments, url, sandboxUrl, cancellationToken);
            }

            return await StartAndPlayAsync(arguments, cancellationToken);
        }
        catch (LocalRuntimeException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("error: the demo was stopped before its end, so nothing is proved.");
            return ExitCodes.Failure;
        }
    }

    private static async Task<int> StartAndPlayAsync(DemoArguments arguments, CancellationToken cancellationToken)
    {
        using var held = new HeldLog();
        var options = arguments.LogLevel is { } level
            ? new LocalRuntimeOptions { LogLevel = level }
            : new LocalRuntimeOptions { LogLevel = LogLevel.Error, LogTo = held };
        var exitCode = ExitCodes.Failure;
        try
        {
            await using var runtime = await LocalRuntime.StartAsync(options, cancellationToken);
            exitCode = await PlayAsync(arguments, runtime.AppAddress, runtime.SandboxAddress, cancellationToken);
        }
        finally
        {
            if (exitCode != ExitCodes.Success)
            {
                await held.WriteToAsync(Console.Error);
            }
        }

        return exitCode;
    }

    private static async Task<int> PlayAsync(DemoArguments arguments, Uri app, Uri sandbox, CancellationToken cancellationToken)
    {
        var isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        var console = isTerminal ? AnsiConsole.Console : PlainConsole();
        console.WriteLine($"Driving {app} (its partners: {sandbox}), burst of {arguments.Orders} orders with seed {arguments.Seed}");
        var began = TimeProvider.System.GetTimestamp();
        IDemoDisplay display = isTerminal ? new BarDisplay(console) : new LineDisplay(Console.Out);
        var run = new DemoRun(app, sandbox, Patience);
        var results = await run.PlayAllAsync(new BurstScenario(arguments.Orders, arguments.Seed), display, cancellationToken);
        new DemoReport(console, arguments.Verbose).Print(results, TimeProvider.System.GetElapsedTime(began));
        return results.All(result => result.Passed) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static IAnsiConsole PlainConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = WidthOfFiles;
        return console;
    }
}
