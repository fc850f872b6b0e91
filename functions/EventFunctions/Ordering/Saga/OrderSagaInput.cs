using System.Diagnostics;
using System.Text.Json.Serialization;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Enrichment;
using EventFunctions.EventSourcing;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>What an order's saga is started with: no business data, which it reads from the order itself.</summary>
/// <param name="Trace">Whose saga it is, and what started it.</param>
/// <param name="Settings">How patient it is; fixed at the start, so that a replay decides as the first run did.</param>
/// <param name="Cancellation">The customer's wish, where the order was cancelled before its saga had started.</param>
/// <param name="NeedsReview">Whether somebody has to look at the order before anything is reserved.</param>
public sealed record OrderSagaInput(
    SagaTrace Trace, OrderSagaSettings Settings, CancellationRequest? Cancellation = null, bool NeedsReview = false);

/// <summary>What every step of a saga knows about the saga it belongs to.</summary>
/// <param name="OrderId">The order, format "N"; also the id of the orchestration.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The id of the event that started the saga, where an event did.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context of what started the saga.</param>
public sealed record SagaTrace(string OrderId, string CorrelationId, string? CausationId = null, string? Tenant = null, string? TraceParent = null)
{
    /// <summary>Who leads the order: the saga, or handlers that take the same steps under the same ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OrderFlow Flow { get; init; }

    /// <summary>The order as a value.</summary>
    public OrderId ToOrderId() => new(Guid.ParseExact(OrderId, "N"));

    /// <summary>The id of a step's command: the same through every replay and retry.</summary>
    /// <param name="step">Unique inside the saga.</param>
    public Guid CommandId(string step) => NameBasedGuid.Create(Guid.ParseExact(OrderId, "N"), step);

    /// <summary>Starts the activity of a step, under which its outside calls are made.</summary>
    /// <param name="step">Unique inside the saga.</param>
    public Activity StartActivity(string step) => EventActivities.Start($"step {step}", ActivityKind.Internal, CorrelationId, TraceParent);

    /// <summary>A step's command.</summary>
    /// <param name="step">Unique inside the saga.</param>
    public CommandContext Command(string step) =>
        new(new EventMetadata(
            CommandId(step),
            CorrelationId,
            CausationId,
            Tenant,
            TraceParent: TraceParent,
            Source: OrderProcess.Of(Flow),
            Process: OrderProcess.Of(Flow)));
}

/// <summary>How patient a saga is.</summary>
/// <param name="DeliveryTimeout">How long it waits for the parcel to arrive.</param>
/// <param name="SettleDelay">How long an operation without an answer may still take effect at the other side.</param>
/// <param name="Step">How a step is tried again.</param>
/// <param name="Undo">How the undoing of a step is tried again.</param>
/// <param name="ReviewTimeout">How long it waits for a review.</param>
public sealed record OrderSagaSettings(
    TimeSpan DeliveryTimeout, TimeSpan SettleDelay, SagaRetry Step, SagaRetry Undo, TimeSpan ReviewTimeout = default);

/// <summary>How often and at what intervals something is tried.</summary>
/// <param name="MaxAttempts">The first attempt included, 1 or more.</param>
/// <param name="FirstDelay">Before the second attempt; more than 0.</param>
/// <param name="Backoff">By what each delay is longer than the one before, 1 or more.</param>
/// <param name="MaxDelay">No delay is longer.</param>
public sealed record SagaRetry(int MaxAttempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaxDelay)
{
    /// <summary>The same for the orchestration engine. What will not get better is not tried again.</summary>
    public TaskOptions ToOptions() => TaskOptions.FromRetryPolicy(new RetryPolicy(MaxAttempts, FirstDelay, Backoff, MaxDelay)
    {
        HandleFailure = failure => !failure.IsCausedBy<Resilience.ProviderContractException>()
            && !failure.IsCausedBy<UndoRefusedException>()
            && !failure.IsCausedBy<InvalidEventException>(),
    });
}
