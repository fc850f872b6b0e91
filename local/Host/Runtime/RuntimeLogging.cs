using Microsoft.Extensions.Logging.Console;

namespace EventFunctions.Local.Host;

/// <summary>Where every part of the runtime logs to.</summary>
internal static class RuntimeLogging
{
    /// <summary>Log lines on standard error, so that standard output stays for what was asked for.</summary>
    /// <param name="level">The least severe that is shown; of the framework itself nothing below a warning.</param>
    public static ILoggerFactory Create(LogLevel level)
    {
        var ofFramework = level < LogLevel.Warning ? LogLevel.Warning : level;
        return LoggerFactory.Create(logging => logging
            .SetMinimumLevel(level)
            .AddFilter("Microsoft", ofFramework)
            .AddFilter("System", ofFramework)
            .AddFilter("Polly", ofFramework)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            })
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
    }
}
