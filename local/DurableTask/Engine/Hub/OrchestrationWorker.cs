using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>Takes instances that have work, runs an episode of each and commits what came of it. One instance is in one worker's hands at a time.</summary>
internal sealed partial class OrchestrationWorker(TaskHub hub, EpisodeServices services, WorkQueue<InstanceEntry> ready)
{
    private readonly OrchestrationExecutor _executor = new(services);
    private readonly ILogger _logger = services.LoggerFactory.CreateLogger<OrchestrationWorker>();

    /// <summary>Works until stopped; an episode that has begun is finished.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await ready.TakeAsync(stopping) is { } entry)
        {
            await ProcessAsync(entry);
        }
    }

    private async Task ProcessAsync(InstanceEntry entry)
    {
        if (hub.Take(entry) is not var (state, selection))
        {
            if (services.Versions.Rejects(entry.State.Started.Version))
            {
                LogRejected(entry.State.InstanceId, services.Versions.Describe(entry.State.Started.Version));
            }

            return;
        }

        try
        {
            var events = selection.Events.IsEmpty ? [] : (await ExecuteAsync(entry, state, selection)).Events;
            await hub.CommitAsync(_ => new HubRecord.EpisodeCommitted(state.ExecutionId, selection.Consumed, events) { InstanceId = state.InstanceId });
        }
#pragma warning disable CA1031 // The log is broken; that is reported here, and every later commit fails with the cause.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCommitFailed(exception, state.InstanceId);
            return;
        }

        // To the end of the queue, so that a busy instance doesn't keep the others waiting.
        ready.Add(entry);
    }

    private async Task<EpisodeOutcome> ExecuteAsync(InstanceEntry entry, InstanceState state, InboxSelection selection)
    {
        try
        {
            return await _executor.ExecuteAsync(
                state, entry.History, selection.Events, hub.Now, () => Fault(state, IllegalAwait.Exception(state.InstanceId)), CancellationToken.None);
        }
#pragma warning disable CA1031 // An episode that can't be run must not be tried for ever: the instance fails and says why.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEpisodeFailed(exception, state.InstanceId);
            var faulted = new HistoryEvent.Faulted(TaskFailureDetails.FromException(exception)) { Timestamp = hub.Now };
            return await _executor.ExecuteAsync(state, [], [faulted], hub.Now, static () => { }, CancellationToken.None);
        }
    }

    // Called on a thread of the code that broke the rules.
    private void Fault(InstanceState state, Exception reason) => _ = FaultAsync(state, reason);

    private async Task FaultAsync(InstanceState state, Exception reason)
    {
        try
        {
            var faulted = new HistoryEvent.Faulted(TaskFailureDetails.FromException(reason)) { Timestamp = hub.Now };
            await hub.DeliverAsync(state.InstanceId, state.ExecutionId, faulted);
        }
#pragma warning disable CA1031 // Nobody awaits this; it is reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCommitFailed(exception, state.InstanceId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The episode of instance {InstanceId} could not be committed.")]
    private partial void LogCommitFailed(Exception exception, string instanceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {InstanceId} is left as it is: {Reason} Start a host of that version to go on.")]
    private partial void LogRejected(string instanceId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The episode of instance {InstanceId} could not be run; the instance fails.")]
    private partial void LogEpisodeFailed(Exception exception, string instanceId);
}
