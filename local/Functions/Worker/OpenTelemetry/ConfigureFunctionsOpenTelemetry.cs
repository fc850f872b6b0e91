using System.Globalization;
using global::OpenTelemetry;
using global::OpenTelemetry.Resources;
using global::OpenTelemetry.Trace;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>Lets OpenTelemetry see what the worker does.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    /// <summary>Adds the spans of invocations, and the process to what the telemetry says of its origin.</summary>
    /// <remarks>The real worker also tells its host to leave the worker's telemetry to it; here there is one process.</remarks>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .ConfigureResource(static resource => resource.AddAttributes(
                [new("process.pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))]))
            .WithTracing(static traces => traces.AddSource(WorkerSource));
    }
}
