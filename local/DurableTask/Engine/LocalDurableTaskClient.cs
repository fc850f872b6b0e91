using System.Collections.Immutable;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>The client of the hub in this process.</summary>
internal sealed partial class LocalDurableTaskClient(TaskHub hub, InstanceSignals signals, DurableTaskEngineOptions engineOptions)
    : DurableTaskClient("local")
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        InstanceIds.Check(instanceId);
        var blocking = ExistingInstances.Blocking(options?.DedupeStatuses);
        var started = new HistoryEvent.ExecutionStarted(
            orchestratorName.Name,
            Guid.NewGuid().ToString("N"),
            engineOptions.DataConverter.Serialize(input),
            options?.Version?.Version ?? engineOptions.DefaultVersion,
            Parent: null,
            options?.Tags.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty,
            options?.StartAt)
        { Timestamp = hub.Now };
        await hub.CommitAsync(tables =>
        {
            if (tables.Find(instanceId) is { State.Status: var status } && blocking.Contains(status))
            {
                throw new OrchestrationAlreadyExistsException($"An orchestration instance '{instanceId}' exists and is {status}.");
            }

            return new HubRecord.InstanceStarted(started) { InstanceId = instanceId };
        });
        return instanceId;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var payload = engineOptions.DataConverter.Serialize(eventPayload);
        return SteerAsync(
            instanceId, "raise an event to", static _ => true, () => new HistoryEvent.EventReceived(eventName, payload) { Timestamp = hub.Now }, cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var output = engineOptions.DataConverter.Serialize(options?.Output);
        return SteerAsync(
            instanceId,
            "terminate",
            static _ => true,
            () => new HistoryEvent.Terminated(output, options?.Recursive ?? false) { Timestamp = hub.Now },
            cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, "suspend", static s => !s, () => new HistoryEvent.Suspended(reason) { Timestamp = hub.Now }, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, "resume", static s => s, () => new HistoryEvent.Resumed(reason) { Timestamp = hub.Now }, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static state => state.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static state => state.HasEnded, getInputsAndOutputs, cancellation);

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var restartedId = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        await hub.CommitAsync(tables =>
        {
            var state = tables.Find(instanceId)?.State
                ?? throw new ArgumentException($"There is no orchestration instance '{instanceId}'.", nameof(instanceId));
            if (!restartWithNewInstanceId && !state.HasEnded)
            {
                throw new InvalidOperationException($"Instance '{instanceId}' is {state.Status}; only an ended one can be restarted under its id.");
            }

            var started = state.Started with { ExecutionId = Guid.NewGuid().ToString("N"), Parent = null, StartAt = null, Timestamp = hub.Now };
            return new HubRecord.InstanceStarted(started) { InstanceId = restartedId };
        });
        return restartedId;
    }

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await hub.CommitAsync(tables =>
        {
            var state = tables.Find(instanceId)?.State
                ?? throw new ArgumentException($"There is no orchestration instance '{instanceId}'.", nameof(instanceId));
            return state.Status == OrchestrationRuntimeStatus.Failed
                ? new HubRecord.InstanceRewound(new HistoryEvent.Rewound(reason) { Timestamp = hub.Now }) { InstanceId = instanceId }
                : throw new InvalidOperationException($"Instance '{instanceId}' is {state.Status}; only a failed one can be rewound.");
        });
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SteerAsync(
        string instanceId, string verb, Func<bool, bool> mayWhenSuspended, Func<HistoryEvent> message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await hub.CommitAsync(tables =>
        {
            var entry = tables.Find(instanceId)
                ?? throw Refused(StatusCode.NotFound, $"Cannot {verb} orchestration instance '{instanceId}': there is none.");
            if (entry.State.HasEnded || !mayWhenSuspended(entry.WillBeSuspended))
            {
                throw Refused(
                    StatusCode.FailedPrecondition, $"Cannot {verb} orchestration instance '{instanceId}' in the {entry.State.Status} state.");
            }

            return new HubRecord.MessageReceived(null, message()) { InstanceId = instanceId };
        });
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceState, bool> isReached, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        using var watch = signals.Begin(instanceId);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var change = watch.NextChange;
            if (await hub.ReadAsync(tables => tables.Find(instanceId)?.State, cancellation) is { } state && isReached(state))
            {
                return Metadata.Of(state, withPayloads ? engineOptions.DataConverter : null);
            }

            await change.WaitAsync(cancellation);
        }
    }

    private static RpcException Refused(StatusCode code, string detail) => new(new Status(code, detail));
}
