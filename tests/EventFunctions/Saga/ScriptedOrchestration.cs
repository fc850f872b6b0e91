using System.Globalization;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Saga;
using EventFunctions.Telemetry;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Saga;

/// <summary>
/// An orchestration that runs once, without an engine: its activities and timers are the steps of a specification. An activity
/// that the specification lets fail has used up its retries. A payment's saga that it calls runs inside it, by the same script. What
/// it uses beyond that fails by name.
/// </summary>
internal sealed class ScriptedOrchestration(
    StepScript script, object input, SagaTelemetry telemetry, string version = OrderSaga.CurrentVersion) : TaskOrchestrationContext
{
    private readonly Dictionary<string, TaskCompletionSource<object?>> _events = new(StringComparer.Ordinal);

    public override TaskName Name => "Scripted";

    public override string InstanceId => "scripted";

    public override string Version => version;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime { get; } = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    public override bool IsReplaying => false;

    /// <summary>What the orchestration showed last.</summary>
    public object? CustomStatus { get; private set; }

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>The name of the step that waits.</summary>
    public static string Timer(TimeSpan delay) => string.Create(CultureInfo.InvariantCulture, $"timer:{delay}");

    /// <summary>Tells the orchestration something; kept until it asks.</summary>
    public void Tell(string eventName, object payload) => EventOf(eventName).TrySetResult(payload);

    public override T? GetInput<T>()
        where T : default => (T?)input;

    public override void SetCustomStatus(object? customStatus) => CustomStatus = customStatus;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        try
        {
            return await script.TakeAsync<TResult>(new IssuedStep(name.Name, input));
        }
        catch (Exception exception) when (exception is not SpecificationFailedException)
        {
            throw new TaskFailedException(name.Name, 0, exception);
        }
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        await script.TakeAsync(new IssuedStep(Timer(fireAt - CurrentUtcDateTime)), cancellationToken).WaitAsync(cancellationToken);

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        (T)(await EventOf(eventName).Task.WaitAsync(cancellationToken))!;

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var child = new ScriptedOrchestration(script, input ?? throw new NotSupportedException($"'{orchestratorName.Name}' was called without input."), telemetry);
        return orchestratorName.Name == nameof(PaymentSaga)
            ? (TResult)(object)await new PaymentSaga(telemetry).RunAsync(child)
            : throw new NotSupportedException($"A scripted orchestration has payments for sub-orchestrations; '{orchestratorName.Name}' was called.");
    }

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        throw new NotSupportedException($"A scripted orchestration sends no events; '{eventName}' was sent.");

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        throw new NotSupportedException("A scripted orchestration runs once and does not begin anew.");

    public override Guid NewGuid() => throw new NotSupportedException("A scripted orchestration makes no ids.");

    private TaskCompletionSource<object?> EventOf(string name)
    {
        lock (_events)
        {
            return _events.TryGetValue(name, out var known)
                ? known
                : _events[name] = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
