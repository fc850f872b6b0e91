using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>Runs activities. Each call's result reaches its instance once; the call itself may run again after a stop.</summary>
internal sealed partial class ActivityWorker(TaskHub hub, IActivityDispatcher dispatcher, WorkQueue<ActivityWork> queue, ILogger logger)
{
    /// <summary>Works until stopped; a call that has begun is finished, or handed back if it obeys the abort.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        while (await queue.TakeAsync(stopping) is { } work)
        {
            await ProcessAsync(work, abort);
        }
    }

    /// <summary>Makes a call that was taken from the queue and gives its answer to the instance; one that gave up is put back.</summary>
    internal async Task ProcessAsync(ActivityWork work, CancellationToken abort)
    {
        var call = work.Invocation;
        try
        {
            if (await CallAsync(call, abort) is { } answer)
            {
                Deliver(work, answer);
            }
            else
            {
                queue.Add(work);
            }
        }
        catch (HubStoppedException)
        {
            // Reported once, where it happened; the call is made again after the next start.
        }
#pragma warning disable CA1031 // One call's trouble must not end the worker.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeliveryFailed(exception, call.Name, call.InstanceId);
        }
    }

    /// <summary>Hands the answer to the hub; the worker does not wait for the log, whose writes are shared.</summary>
    private void Deliver(ActivityWork work, HistoryEvent answer)
    {
        try
        {
            hub.Deliver(work.Invocation.InstanceId, work.ExecutionId, answer);
        }
        catch (Exception refused) when (refused is not HubStoppedException)
        {
            // The log can't take the result, e.g. because it is too large. That is the activity's failure: its caller must not wait for ever.
            LogActivityFailed(refused, work.Invocation.Name, work.Invocation.TaskId, work.Invocation.InstanceId);
            hub.Deliver(work.Invocation.InstanceId, work.ExecutionId, Failed(work.Invocation, refused));
        }
    }

    /// <returns>The answer; <see langword="null"/> if the call was given up because the engine stops.</returns>
    private async Task<HistoryEvent?> CallAsync(ActivityInvocation call, CancellationToken abort)
    {
        try
        {
            if (!dispatcher.HasActivity(call.Name))
            {
                return new HistoryEvent.TaskFailed(call.TaskId, TaskNotFound.Activity(call.Name)) { Timestamp = hub.Now };
            }

            var result = await dispatcher.RunActivityAsync(call, abort);
            return new HistoryEvent.TaskCompleted(call.TaskId, result) { Timestamp = hub.Now };
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // The stop's patience is over; the call is made again after the next start.
            return null;
        }
#pragma warning disable CA1031 // Whatever an activity throws is its failure, and the orchestrator's to deal with.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogActivityFailed(exception, call.Name, call.TaskId, call.InstanceId);
            return Failed(call, exception);
        }
    }

    private HistoryEvent.TaskFailed Failed(ActivityInvocation call, Exception reason) =>
        new(call.TaskId, FailureOf.Exception(reason)) { Timestamp = hub.Now };

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of activity {Activity} could not be given to instance {InstanceId}.")]
    private partial void LogDeliveryFailed(Exception exception, string activity, string instanceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity {Activity} (#{TaskId}) of instance {InstanceId} failed.")]
    private partial void LogActivityFailed(Exception exception, string activity, int taskId, string instanceId);
}
