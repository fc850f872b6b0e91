using System.Reflection;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.Functions;

/// <summary>What a function app is run with.</summary>
public sealed record LocalFunctionsOptions
{
    /// <summary>The assembly whose functions are served.</summary>
    public required Assembly FunctionsAssembly { get; init; }

    /// <summary>The path of host.json.</summary>
    public required string HostJsonPath { get; init; }

    /// <summary>The client of the broker that Service Bus triggers take their messages from; also registered for the app.</summary>
    public required ServiceBusClient ServiceBusClient { get; init; }

    /// <summary>
    /// The app's settings, named as on Azure, e.g. <c>Payments__BaseAddress</c>. They reach the app's configuration with a colon
    /// for the double underscore, and bindings as <c>%Name%</c>. They go before the environment's and the file's.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Settings from the environment; they go before those of <see cref="LocalSettingsPath"/>, as in the Core Tools.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path of local.settings.json, whose <c>Values</c> are settings too; null, or a file that isn't there, has none.</summary>
    public string? LocalSettingsPath { get; init; }

    /// <summary>The HTTP port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder that the durable engine keeps its state in; in memory only where there is none.</summary>
    public string? DurableTaskFolder { get; init; }

    /// <summary>
    /// The system key <c>durabletask_extension</c>, which the management API of the task hub then asks for, in the query parameter
    /// <c>code</c> or the header <c>x-functions-key</c>; null or empty asks for none, as the Core Tools do.
    /// </summary>
    public string? DurableTaskKey { get; init; }

    /// <summary>Timers, retry delays and the deadline of a stop go by this clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long a stop waits for what is in flight before it is cancelled; 15 seconds by default.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
