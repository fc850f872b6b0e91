using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Serving;

/// <summary>The command without a name: serves until it is told to stop.</summary>
internal static class ServeUseCase
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ServeArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            var options = new LocalRuntimeOptions
            {
                Port = arguments.Port,
                DataFolder = arguments.Folder,
                LogLevel = arguments.LogLevel,
                Environment = ProcessEnvironment.Read(),
                LocalSettingsPath = Path.GetFullPath("local.settings.json"),
            };
            await using var runtime = await LocalRuntime.StartAsync(options, cancellationToken);
            await Banner.PrintAsync(Console.Out, runtime, arguments.Verbose);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Console.Out.WriteLineAsync("Stopping: what is in flight is finished or handed back.");
        }
        catch (LocalRuntimeException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop before everything was up: what had started was stopped again.
        }

        await Console.Out.WriteLineAsync("Stopped.");
        return ExitCodes.Success;
    }
}
