using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>The context the engine gives to orchestrator code, for as long as it stays in memory.</summary>
internal sealed partial class LocalOrchestrationContext(
    string instanceId,
    OrchestrationRun run,
    EpisodeSynchronizationContext thread,
    EpisodeServices services) : TaskOrchestrationContext, IOrchestrationEpisode
{
    private readonly List<IAsyncDisposable> _resources = [];
    private int _guids;

    public override TaskName Name => Started.Name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent =>
        Started.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => run.Now.UtcDateTime;

    public override bool IsReplaying => run.IsReplaying;

    public override string Version => Started.Version;

    public override IReadOnlyDictionary<string, object?> Properties => services.Options.Properties;

    /// <summary>What is disposed of when the code is let go.</summary>
    public IReadOnlyList<IAsyncDisposable> Resources => _resources;

    /// <summary>The custom status the code has set in this episode, if it has.</summary>
    public (bool IsSet, string? Value) CustomStatus { get; private set; }

    /// <summary>What the code wants to start over with, if it does.</summary>
    public ContinueAsNewOptions? NextGeneration { get; private set; }

    protected override ILoggerFactory LoggerFactory => services.LoggerFactory;

    private HistoryEvent.ExecutionStarted Started => run.Started!;

    public override T? GetInput<T>()
        where T : default
    {
        CheckThread();
        return services.Converter.Deserialize<T>(Started.Input);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        CheckThread();
        if (!IsReplaying)
        {
            CustomStatus = (true, services.Converter.Serialize(customStatus));
        }
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckThread();
        NextGeneration = options;
    }

    public override Guid NewGuid()
    {
        CheckThread();
        return ReplayGuid.Create(instanceId, CurrentUtcDateTime, _guids++);
    }

    /// <summary>Forgets what the code has set in the episode before.</summary>
    public void BeginEpisode() => CustomStatus = default;

    public void RegisterForDisposal(IAsyncDisposable resource) => _resources.Add(resource);

    private void CheckThread()
    {
        if (!thread.IsCurrent)
        {
            thread.ReportIntruder();
            throw IllegalAwait.Exception(instanceId);
        }
    }

    private string? Serialize(object? value) => IsReplaying && !run.TellsInputs ? null : services.Converter.Serialize(value);
}

/// <summary>What episodes need from outside.</summary>
/// <param name="Dispatcher">Runs the code.</param>
/// <param name="Options">Limits, and what is done about versions.</param>
/// <param name="LoggerFactory">Makes loggers.</param>
internal sealed record EpisodeServices(IOrchestratorDispatcher Dispatcher, DurableTaskEngineOptions Options, ILoggerFactory LoggerFactory)
{
    /// <summary>Serializes payloads.</summary>
    public DataConverter Converter => Options.DataConverter;

    /// <summary>The version of sub-orchestrations that are called without one.</summary>
    public string DefaultVersion => Options.DefaultVersion;

    /// <summary>How long one timer waits at most.</summary>
    public TimeSpan MaximumTimerInterval => Options.MaximumTimerInterval;

    /// <summary>Which instances may be run.</summary>
    public VersionGate Versions { get; } = new(Options);
}
