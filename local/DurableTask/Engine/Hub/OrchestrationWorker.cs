using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Takes instances that have work, runs an episode of each and commits what came of it. One instance is in one worker's hands at a
/// time: it is lined up again only when the commit is durable, for which the worker does not wait.
/// </summary>
internal sealed partial class OrchestrationWorker(TaskHub hub, EpisodeServices services, WorkQueue<InstanceEntry> ready, SessionCache sessions)
{
    private readonly OrchestrationExecutor _executor = new(services);
    private readonly ILogger _logger = services.LoggerFactory.CreateLogger<OrchestrationWorker>();

    /// <summary>Works until stopped, or until an episode has been given up; one that has begun is finished.</summary>
    /// <param name="desk">Where it is watched.</param>
    /// <param name="stopping">Stops it.</param>
    public async Task RunAsync(EpisodeDesk desk, CancellationToken stopping)
    {
        while (!desk.GivenUp.IsCompleted && await ready.TakeAsync(stopping) is { } entry)
        {
            await ProcessAsync(entry, desk);
        }
    }

    /// <summary>Fails the instance of an episode whose code does not come back. What the code still decides is of no account.</summary>
    public void GiveUp(RunningEpisode episode, TimeSpan elapsed)
    {
        var (entry, state, selection, _) = episode;
        var reason = BlockedThread.NotBack(state.InstanceId, elapsed);
        LogEpisodeFailed(reason, state.InstanceId);
        try
        {
            hub.Commit(tables => Record(tables, entry, state, selection, EpisodeConclusion.GivenUp(selection.Events, Faulted(reason))));
        }
        catch (HubStoppedException)
        {
            // Reported once, where it happened; the episode is run again after the next start.
        }
#pragma warning disable CA1031 // One instance's trouble must not end the watch.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogStuck(exception, state.InstanceId);
        }
    }

    /// <summary>Runs the next episode of an instance that was taken from the queue, and puts it back if there may be more.</summary>
    /// <param name="entry">The instance.</param>
    /// <param name="desk">Where the episode is watched, if it is.</param>
    internal async Task ProcessAsync(InstanceEntry entry, EpisodeDesk? desk = null)
    {
        var instanceId = entry.State.InstanceId;
        try
        {
            if (hub.Take(entry) is var (state, selection))
            {
                desk?.Begin(entry, state, selection);
                var events = selection.Events.IsEmpty ? [] : await ExecuteAsync(entry, state, selection);
                if (desk?.End() == false)
                {
                    await sessions.DropAsync(entry);
                    return;
                }

                await CommitAsync(entry, state, selection, events);
            }
            else if (services.Versions.Rejects(entry.State.Started.Version))
            {
                LogRejected(instanceId, services.Versions.Describe(entry.State.Started.Version));
            }
        }
        catch (HubStoppedException)
        {
            // Reported once, where it happened; the episode is run again after the next start.
        }
#pragma warning disable CA1031 // One instance's trouble must not end the worker.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogStuck(exception, instanceId);
        }
    }

    private async Task<ImmutableArray<HistoryEvent>> ExecuteAsync(InstanceEntry entry, InstanceState state, InboxSelection selection)
    {
        var session = await sessions.TakeAsync(entry, state);
        try
        {
            var episode = new Episode(state, entry.History, selection.Events, hub.Now, () => Fault(state, IllegalAwait.Exception(state.InstanceId)));
            var outcome = await _executor.ExecuteAsync(episode, session, sessions.Keeps(entry.History.Count), CancellationToken.None);
            await sessions.PutAsync(entry, outcome.Session);
            return outcome.Events;
        }
#pragma warning disable CA1031 // An episode that can't be run must not be tried for ever: the instance fails and says why.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEpisodeFailed(exception, state.InstanceId);
            return await FailAsync(state, exception);
        }
    }

    private async Task CommitAsync(InstanceEntry entry, InstanceState state, InboxSelection selection, ImmutableArray<HistoryEvent> events)
    {
        try
        {
            hub.Commit(tables => Record(tables, entry, state, selection, events));
        }
        catch (Exception refused) when (refused is not HubStoppedException)
        {
            // The log can't take what came of it, e.g. because it is too large. It would be the same another time.
            LogEpisodeFailed(refused, state.InstanceId);
            await sessions.DropAsync(entry);
            var failed = await FailAsync(state, refused);
            hub.Commit(tables => Record(tables, entry, state, selection, failed));
        }
    }

    // Another start may have taken its id meanwhile.
    private static HubRecord.EpisodeCommitted? Record(
        HubTables tables, InstanceEntry entry, InstanceState state, InboxSelection selection, ImmutableArray<HistoryEvent> happened) =>
        tables.Find(state.InstanceId) == entry
            ? new HubRecord.EpisodeCommitted(state.ExecutionId, selection.Consumed, happened) { InstanceId = state.InstanceId }
            : null;

    private async Task<ImmutableArray<HistoryEvent>> FailAsync(InstanceState state, Exception reason)
    {
        var episode = new Episode(state, [], [Faulted(reason)], hub.Now, static () => { });
        return (await _executor.ExecuteAsync(episode, session: null, keepSession: false, CancellationToken.None)).Events;
    }

    // Called on a thread of the code that broke the rules.
    private void Fault(InstanceState state, Exception reason)
    {
        try
        {
            hub.Deliver(state.InstanceId, state.ExecutionId, Faulted(reason));
        }
        catch (HubStoppedException)
        {
            // Reported once, where it happened; the code is run again, and found out again, after the next start.
        }
    }

    private HistoryEvent.Faulted Faulted(Exception reason) => new(FailureOf.Exception(reason)) { Timestamp = hub.Now };

    [LoggerMessage(Level = LogLevel.Critical, Message = "Instance {InstanceId} can't go on, nor be failed; it stays as it is until the next start.")]
    private partial void LogStuck(Exception exception, string instanceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {InstanceId} is left as it is: {Reason} Start a host of that version to go on.")]
    private partial void LogRejected(string instanceId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The episode of instance {InstanceId} could not be run; the instance fails.")]
    private partial void LogEpisodeFailed(Exception exception, string instanceId);
}
