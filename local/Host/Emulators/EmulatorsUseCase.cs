using System.Collections.Immutable;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventFunctions.Local.Cosmos;
using EventFunctions.Local.Host.CommandLine;
using EventFunctions.Local.Host.Serving;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>Runs the endpoints alone.</summary>
internal static class EmulatorsUseCase
{
    /// <summary>A connection string reads on a terminal as it is used.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs them.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(EmulatorsArguments arguments, CancellationToken cancellationToken)
    {
        // What an emulator logs is no app's telemetry.
        using var loggers = RuntimeLogging.Create(arguments.LogLevel, instead: null, telemetry: ImmutableDictionary<string, string>.Empty);
        try
        {
            await using var cosmos = await StartCosmosAsync(arguments, loggers, cancellationToken);
            await using var serviceBus = await ServiceBusEmulator.StartAsync(arguments, loggers, cancellationToken);
            await Console.Out.WriteLineAsync(arguments.AsJson
                ? JsonSerializer.Serialize(
                    new
                    {
                        cosmos = cosmos.ConnectionString,
                        serviceBus = serviceBus.ConnectionString,
                        serviceBusAdministration = serviceBus.AdministrationConnectionString,
                    },
                    Json)
                : Text(cosmos, serviceBus, arguments));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception exception) when (exception is LocalRuntimeException or MessagingTopologyException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop before it was up.
        }

        return ExitCodes.Success;
    }

    private static async Task<CosmosEndpoint> StartCosmosAsync(EmulatorsArguments arguments, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new CosmosEndpointOptions
        {
            Port = arguments.CosmosPort,
            ListenAddress = arguments.Listen,
            EnforceThroughput = arguments.Throttle,
            Folder = arguments.Folder is { } folder ? Path.GetFullPath(Path.Combine(folder, "cosmos")) : null,
        };
        CosmosEndpoint? endpoint = null;
        await PortInUse.ExplainAsync(
            "the Cosmos DB endpoint",
            arguments.CosmosPort,
            async () => endpoint = await CosmosEndpoint.StartAsync(options, TimeProvider.System, loggers, cancellationToken));
        return endpoint!;
    }

    private static string Text(CosmosEndpoint cosmos, ServiceBusEmulator serviceBus, EmulatorsArguments arguments) => $"""
        Cosmos DB                     {cosmos.ConnectionString}
        Service Bus                   {serviceBus.ConnectionString}
        Service Bus, administration   {serviceBus.AdministrationConnectionString}

        {(arguments.Folder is { } folder ? $"State is in {Path.GetFullPath(folder)}." : "State is in memory and gone after the stop.")}
        {(IPAddress.IsLoopback(arguments.Listen) ? "They listen on loopback alone." : $"They listen on {arguments.Listen}: whoever reaches that can read and change everything, as the keys are no secret.")}
        Cosmos DB clients use Gateway mode and no certificate. Ctrl+C stops it.
        """;
}
