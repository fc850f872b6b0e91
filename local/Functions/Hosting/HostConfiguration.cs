using System.Text.Json;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Durable;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>What host.json says, as far as the local runtime heeds it; the rest is tolerated.</summary>
internal sealed record HostConfiguration
{
    public string RoutePrefix { get; private init; } = "api";

    public ServiceBusHostOptions ServiceBus { get; private init; } = new();

    public DurableHostOptions DurableTask { get; private init; } = new();

    /// <summary>Log levels by category.</summary>
    public IReadOnlyDictionary<string, string> LogLevels { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads the file.</summary>
    /// <exception cref="FunctionsStartupException">It can't be read, or a value is not what its key asks for.</exception>
    public static HostConfiguration Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FunctionsStartupException($"host.json can't be read from '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Reads the text of the file.</summary>
    public static HostConfiguration Parse(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var problems = new List<string>();
            var root = new HostJsonSection(document.RootElement, string.Empty, problems);
            var configuration = Read(root);
            return problems.Count == 0 ? configuration : throw new FunctionsStartupException(problems);
        }
        catch (JsonException exception)
        {
            throw new FunctionsStartupException($"host.json at '{path}' is not JSON: {exception.Message}", exception);
        }
    }

    private static HostConfiguration Read(HostJsonSection root)
    {
        var extensions = root.Section("extensions");
        return new HostConfiguration
        {
            RoutePrefix = (extensions.Section("http").Text("routePrefix") ?? "api").Trim('/'),
            ServiceBus = ServiceBusHostOptions.Read(extensions.Section("serviceBus")),
            DurableTask = DurableHostOptions.Read(extensions.Section("durableTask")),
            LogLevels = root.Section("logging").Section("logLevel").Texts(),
        };
    }
}

/// <summary>The <c>extensions.serviceBus</c> part, with the extension's defaults.</summary>
internal sealed record ServiceBusHostOptions
{
    public bool AutoCompleteMessages { get; init; } = true;

    public int PrefetchCount { get; init; }

    public int MaxConcurrentCalls { get; init; } = 16 * Environment.ProcessorCount;

    public int MaxConcurrentSessions { get; init; } = 8;

    public TimeSpan? SessionIdleTimeout { get; init; }

    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxMessageBatchSize { get; init; } = 1000;

    public static ServiceBusHostOptions Read(HostJsonSection section)
    {
        var defaults = new ServiceBusHostOptions();
        return new ServiceBusHostOptions
        {
            AutoCompleteMessages = section.Flag("autoCompleteMessages") ?? defaults.AutoCompleteMessages,
            PrefetchCount = section.Number("prefetchCount", 0) ?? defaults.PrefetchCount,
            MaxConcurrentCalls = section.Number("maxConcurrentCalls", 1) ?? defaults.MaxConcurrentCalls,
            MaxConcurrentSessions = section.Number("maxConcurrentSessions", 1) ?? defaults.MaxConcurrentSessions,
            SessionIdleTimeout = section.Time("sessionIdleTimeout"),
            MaxAutoLockRenewalDuration = section.Time("maxAutoLockRenewalDuration") ?? defaults.MaxAutoLockRenewalDuration,
            MaxMessageBatchSize = section.Number("maxMessageBatchSize", 1) ?? defaults.MaxMessageBatchSize,
        };
    }
}

/// <summary>The <c>extensions.durableTask</c> part; null leaves the engine's default.</summary>
internal sealed record DurableHostOptions
{
    public string HubName { get; init; } = "TestHubName";

    public string DefaultVersion { get; init; } = string.Empty;

    public VersionMatchStrategy VersionMatch { get; init; }

    public VersionFailureStrategy VersionFailure { get; init; }

    public int? MaxConcurrentActivities { get; init; }

    public int? MaxConcurrentOrchestrators { get; init; }

    /// <summary>Whether code waits in memory for its next episode; where nothing is said, the engine does so behind a long history.</summary>
    public bool? ExtendedSessionsEnabled { get; init; }

    /// <summary>How long it waits there.</summary>
    public TimeSpan ExtendedSessionIdleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the Location of an answer 202 is asked, where that does not say one.</summary>
    public TimeSpan HttpPollingPause { get; init; } = HttpActivity.DefaultPause;

    public static DurableHostOptions Read(HostJsonSection section) => new()
    {
        HubName = section.Text("hubName") ?? new DurableHostOptions().HubName,
        DefaultVersion = section.Text("defaultVersion") ?? string.Empty,
        VersionMatch = section.OneOf<VersionMatchStrategy>("versionMatchStrategy") ?? DefaultMatch(section),
        VersionFailure = section.OneOf<VersionFailureStrategy>("versionFailureStrategy") ?? VersionFailureStrategy.Reject,
        MaxConcurrentActivities = section.Number("maxConcurrentActivityFunctions", 1),
        MaxConcurrentOrchestrators = section.Number("maxConcurrentOrchestratorFunctions", 1),
        ExtendedSessionsEnabled = section.Flag("extendedSessionsEnabled"),
        ExtendedSessionIdleTime = section.Number("extendedSessionIdleTimeoutInSeconds", 0) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : new DurableHostOptions().ExtendedSessionIdleTime,
        HttpPollingPause = section.Section("httpSettings").Number("defaultAsyncRequestSleepTimeMilliseconds", 1) is { } milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : HttpActivity.DefaultPause,
    };

    /// <summary>Without a version of its own the host looks at none; with one, newer instances wait for a newer host.</summary>
    private static VersionMatchStrategy DefaultMatch(HostJsonSection section) =>
        section.Text("defaultVersion") is null ? VersionMatchStrategy.None : VersionMatchStrategy.CurrentOrOlder;
}
