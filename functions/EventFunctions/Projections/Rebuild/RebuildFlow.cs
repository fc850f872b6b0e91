using Microsoft.DurableTask;

namespace EventFunctions.Projections.Rebuild;

/// <summary>
/// One rebuild's way through its phases: each step takes the state to the next by durable tasks alone. Lives for one episode of
/// the orchestrator.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="initial">The state it starts, or starts over, with.</param>
public sealed class RebuildFlow(TaskOrchestrationContext context, RebuildState initial)
{
    /// <summary>After so many steps the orchestration starts over with its state, so that its history stays short.</summary>
    private const int StepsPerHistory = 50;

    private readonly RebuildSteps _steps = new(context, initial.Settings);
    private RebuildState _state = initial with { StartedAt = initial.StartedAt ?? context.CurrentUtcDateTime };

    // One waiter at a time: a second one for the same event would take turns with it.
    private Task<RebuildCommand> _command = context.WaitForExternalEvent<RebuildCommand>(RebuildCommands.EventName);

    /// <summary>Runs the rebuild to its end, or until it starts over.</summary>
    public async Task<RebuildStatus> RunAsync()
    {
        Show();
        for (var step = 0; step < StepsPerHistory || _command.IsCompleted; step++)
        {
            _state = _command.IsCompleted ? Obey(await _command) : await StepAsync();
            Show();
            if (RebuildPhase.IsEnd(_state.Phase))
            {
                return RebuildStatus.Of(_state);
            }
        }

        context.ContinueAsNew(_state);
        return RebuildStatus.Of(_state);
    }

    private async Task<RebuildState> StepAsync()
    {
        try
        {
            return _state.Phase switch
            {
                RebuildPhase.Beginning => await _steps.BeginAsync(_state),
                RebuildPhase.Settling => await _steps.SettleAsync(_state),
                RebuildPhase.Replaying => await _steps.ReplayAsync(_state),
                RebuildPhase.Mending => await _steps.MendAsync(_state),
                RebuildPhase.Comparing => await _steps.CompareAsync(_state),
                RebuildPhase.LookingAgain => await _steps.LookAgainAsync(_state),
                RebuildPhase.Deciding => await _steps.DecideAsync(_state),
                RebuildPhase.AwaitingApproval => await WaitAsync(RebuildPhase.Cancelling, "Nobody approved the new generation in time."),
                RebuildPhase.Switching => await _steps.SwitchAsync(_state),
                RebuildPhase.Kept => await WaitAsync(RebuildPhase.Finishing, notice: null),
                RebuildPhase.RollingBack => await _steps.RollBackAsync(_state),
                RebuildPhase.Finishing => await _steps.FinishAsync(_state),
                RebuildPhase.Cancelling => await _steps.CancelAsync(_state),
                RebuildPhase.Purging => await _steps.PurgeAsync(_state),
                RebuildPhase.Failed => Obey(await _command),
                _ => throw new InvalidOperationException($"'{_state.Phase}' is no phase of a rebuild."),
            };
        }
        catch (TaskFailedException exception)
        {
            // All retries are used up. Nothing is lost: the step can be taken again once its cause is mended.
            var error = exception.FailureDetails?.ErrorMessage ?? exception.Message;
            return _state with { Phase = RebuildPhase.Failed, FailedPhase = _state.Phase, Error = $"{exception.TaskName}: {error}" };
        }
    }

    /// <summary>Waits for a command or for the deadline, whichever comes first.</summary>
    private async Task<RebuildState> WaitAsync(string whenOver, string? notice)
    {
        using var stop = new CancellationTokenSource();
        var deadline = context.CreateTimer(_state.Deadline ?? context.CurrentUtcDateTime, stop.Token);
        if (await Task.WhenAny(_command, deadline) == deadline)
        {
            return _state with { Phase = whenOver, Deadline = null, Notice = notice ?? _state.Notice };
        }

#pragma warning disable CA1849, MA0042 // CancelAsync would run the cancellation on another thread, which an orchestration must not do.
        stop.Cancel();
#pragma warning restore CA1849, MA0042
        return Obey(await _command);
    }

    /// <summary>Follows a command, or notes that it came at a moment when it has no meaning.</summary>
    private RebuildState Obey(RebuildCommand command)
    {
        _command = context.WaitForExternalEvent<RebuildCommand>(RebuildCommands.EventName);
        return RebuildCommands.Next(command.Name, _state.Phase, _state.FailedPhase) is { } next
            ? _state with { Phase = next, Deadline = null, FailedPhase = null, Error = null, Notice = null }
            : _state with { Notice = $"'{command.Name}' came in phase {_state.Phase}, where it has no meaning, and was not obeyed." };
    }

    private void Show() => context.SetCustomStatus(RebuildStatus.Of(_state));
}
