using Azure.Monitor.OpenTelemetry.Exporter;
using EventFunctions.Enrichment;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace EventFunctions.Composition;

/// <summary>
/// Sends traces, metrics and logs out by OpenTelemetry, to wherever a setting says; see <c>docs/telemetry.md</c>. Without such a
/// setting nothing is collected.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>The sources of spans beside the app's own: settling and sending, requests to the store, orchestrations.</summary>
    private static readonly string[] Sources = ["Azure.Messaging.*", "Azure.Cosmos.Operation", "Microsoft.DurableTask"];

    /// <summary>The meters beside the app's own: calls of partners, garbage collection and threads.</summary>
    private static readonly string[] Meters = ["System.Net.Http", "System.Runtime"];

    /// <summary>Of whose log lines only warnings and what is worse are sent: they tell of every request and every attempt.</summary>
    private static readonly string[] Frameworks = ["Azure", "Microsoft", "Polly", "System"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TelemetrySettings.Of(configuration);
        if (!settings.IsExported)
        {
            return services;
        }

        services.AddLogging(static logging => Array.ForEach(
            Frameworks, category => logging.AddFilter<OpenTelemetryLoggerProvider>(category, LogLevel.Warning)));
        services.Configure<OpenTelemetryLoggerOptions>(static lines =>
        {
            lines.IncludeFormattedMessage = true;
            lines.IncludeScopes = true;
        });
        Export(
            services.AddOpenTelemetry()
                .UseFunctionsWorkerDefaults()
                .WithTracing(static traces => traces.AddSource(EventActivities.SourceName).AddSource(Sources))
                .WithMetrics(static metrics => metrics.AddMeter(AppMeter.Name).AddMeter(Meters)),
            settings);
        return services;
    }

    private static void Export(IOpenTelemetryBuilder telemetry, TelemetrySettings settings)
    {
        if (settings.HasOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (settings.ApplicationInsights is { } connectionString)
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = connectionString;
                exporter.Credential = settings.Credential;
                if (!settings.HasSampler)
                {
                    // Every trace: the exporter's own default may be a few in a second.
                    exporter.SamplingRatio = 1;
                    exporter.TracesPerSecond = null;
                }
            });
        }
    }
}
