using Microsoft.Extensions.Logging.Console;

namespace EventFunctions.Local.Host;

/// <summary>Where every part of the runtime logs to.</summary>
internal static class RuntimeLogging
{
    /// <summary>Log lines on standard error, so that standard output stays for what was asked for.</summary>
    /// <param name="level">The least severe that is shown; of the framework itself nothing below a warning.</param>
    /// <param name="instead">Takes the lines instead of standard error.</param>
    /// <param name="telemetry">Where they go too, see <see cref="RuntimeTelemetry"/>.</param>
    public static ILoggerFactory Create(LogLevel level, ILoggerProvider? instead, IReadOnlyDictionary<string, string> telemetry)
    {
        var ofFramework = level < LogLevel.Warning ? LogLevel.Warning : level;
        return LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(level).AddFilter("Microsoft", ofFramework).AddFilter("System", ofFramework).AddFilter("Polly", ofFramework);
            if (instead is null)
            {
                AddStandardError(logging);
            }
            else
            {
                logging.AddProvider(instead);
            }

            RuntimeTelemetry.Export(logging, telemetry);
        });
    }

    private static void AddStandardError(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
