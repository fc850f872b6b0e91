using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>Decides what an episode has come to, once the code can't go on.</summary>
internal static class EpisodeConclusion
{
    /// <returns>What the code decided, and the end of the execution if this is it.</returns>
    public static List<HistoryEvent> Draw(
        OrchestrationRun run,
        LocalOrchestrationContext context,
        EpisodeSynchronizationContext thread,
        InstanceState state,
        DataConverter converter,
        DateTimeOffset now)
    {
        var code = run.Code ?? throw new InvalidOperationException($"The history of '{state.InstanceId}' has no beginning.");
        if (thread.Blocked is { } blocked)
        {
            return [Failed(TaskFailureDetails.FromException(blocked), now)];
        }

        var waitsForNothing = !code.IsCompleted && !run.HasOpenTasks && !run.Events.HasWaiters;
        if (thread.HasIntruder || waitsForNothing)
        {
            return [Failed(TaskFailureDetails.FromException(IllegalAwait.Exception(state.InstanceId)), now)];
        }

        List<HistoryEvent> events = [.. run.Decisions];
        if (context.CustomStatus is { IsSet: true } status && status.Value != state.CustomStatus)
        {
            events.Add(new HistoryEvent.CustomStatusChanged(status.Value) { Timestamp = now });
        }

        // An execution is not over while tasks are open, even if its code has returned or thrown.
        if (code.IsCompleted && !run.HasOpenTasks)
        {
            events.Add(Conclude(code, run, context, converter, now));
        }

        return events;
    }

    /// <returns>What an episode came to whose code did not come back: what had reached it happened, and a rewind lets it happen again.</returns>
    public static ImmutableArray<HistoryEvent> GivenUp(ImmutableArray<HistoryEvent> news, HistoryEvent.Faulted fault) =>
        [new HistoryEvent.EpisodeStarted { Timestamp = fault.Timestamp }, .. news, fault, Failed(fault.Failure, fault.Timestamp)];

    private static HistoryEvent Conclude(
        Task<object?> code, OrchestrationRun run, LocalOrchestrationContext context, DataConverter converter, DateTimeOffset now)
    {
        try
        {
            var result = code.GetAwaiter().GetResult();
            return context.NextGeneration is { } next
                ? StartOver(run, next, converter, now)
                : new HistoryEvent.ExecutionEnded(OrchestrationRuntimeStatus.Completed, converter.Serialize(result), null) { Timestamp = now };
        }
        catch (OrchestratorNotFoundException missing)
        {
            return Failed(missing.Failure, now);
        }
#pragma warning disable CA1031 // Whatever the code throws is how the orchestration failed; so is a result that can't be serialized.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(TaskFailureDetails.FromException(exception), now);
        }
    }

    private static HistoryEvent.ContinuedAsNew StartOver(
        OrchestrationRun run, ContinueAsNewOptions options, DataConverter converter, DateTimeOffset now)
    {
        var next = run.Started! with
        {
            ExecutionId = Guid.NewGuid().ToString("N"),
            Input = converter.Serialize(options.NewInput),
            Version = options.NewVersion ?? run.Started.Version,
            StartAt = null,
            Timestamp = now,
        };
        ImmutableArray<HistoryEvent.EventReceived> carried = options.PreserveUnprocessedEvents ? [.. run.Events.Unread] : [];
        return new HistoryEvent.ContinuedAsNew(next, carried) { Timestamp = now };
    }

    private static HistoryEvent.ExecutionEnded Failed(TaskFailureDetails failure, DateTimeOffset now) =>
        new(OrchestrationRuntimeStatus.Failed, null, failure) { Timestamp = now };
}
