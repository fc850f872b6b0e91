using Microsoft.Extensions.Configuration;
using OpenTelemetry.Logs;

namespace EventFunctions.Local.Host;

/// <summary>Where the runtime's telemetry goes, by the names of the OpenTelemetry specification; nowhere unless a receiver is named.</summary>
internal static class RuntimeTelemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Prefix = "OTEL_";

    /// <summary>The settings for app and logging: those from outside, and the name that the telemetry goes by where none is given.</summary>
    /// <returns>None, where telemetry is to go nowhere.</returns>
    public static IReadOnlyDictionary<string, string> SettingsOf(LocalRuntimeOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in options.Environment.Concat(options.Settings))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                settings[name] = value;
            }
        }

        if (settings.GetValueOrDefault(Endpoint) is not { Length: > 0 })
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        settings.TryAdd(ServiceName, "EventFunctions");
        return settings;
    }

    /// <summary>Sends log lines out too.</summary>
    /// <param name="logging">The logging of every part of the runtime.</param>
    /// <param name="settings">What <see cref="SettingsOf"/> said.</param>
    public static void Export(ILoggingBuilder logging, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.Count == 0)
        {
            return;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .Build();
        logging.Services.AddSingleton<IConfiguration>(configuration);
        logging.AddOpenTelemetry(lines =>
        {
            lines.IncludeFormattedMessage = true;
            lines.IncludeScopes = true;
            lines.AddOtlpExporter();
        });
    }
}
