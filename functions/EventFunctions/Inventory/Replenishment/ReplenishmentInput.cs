using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>What a replenishment is started with.</summary>
/// <param name="Trace">Whose it is, and what started it.</param>
/// <param name="Settings">How much it orders and how patient it is; fixed at the start, so that a replay decides as the first run did.</param>
public sealed record ReplenishmentInput(ReplenishmentTrace Trace, ReplenishmentSettings Settings);

/// <summary>How much a replenishment orders, and how patient it is.</summary>
/// <param name="OrderUpTo">So many times the low-stock threshold is to be available once the delivery is in.</param>
/// <param name="ConfirmationTimeout">How long the supplier has until it is reminded.</param>
/// <param name="ReminderTimeout">How long it has after that.</param>
/// <param name="Step">How a step is tried again.</param>
public sealed record ReplenishmentSettings(double OrderUpTo, TimeSpan ConfirmationTimeout, TimeSpan ReminderTimeout, SagaRetry Step);

/// <summary>What every step of a replenishment knows about it.</summary>
/// <param name="InstanceId">The id of the orchestration, and the reference by which the supplier knows the order.</param>
/// <param name="ProductId">The product.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The id of the alert.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context of the alert.</param>
public sealed record ReplenishmentTrace(
    string InstanceId, string ProductId, string CorrelationId, string CausationId, string? Tenant = null, string? TraceParent = null)
{
    /// <summary>What the id of every replenishment begins with, so that they can be listed.</summary>
    public const string InstancePrefix = "replenishment-";

    /// <summary>What events say about a command that a replenishment sent.</summary>
    public const string Source = "replenishment-saga";

    /// <summary>The replenishment of an alert; the same however often the alert is delivered.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="alert">Its data.</param>
    public static ReplenishmentTrace Of(EventEnvelope envelope, LowStockAlerted alert)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(alert);
        return new ReplenishmentTrace(
            InstancePrefix + NameBasedGuid.Create(envelope.EventId, envelope.Stream.ToString()).ToString("N"),
            alert.ProductId.Value,
            envelope.Metadata.CorrelationId,
            envelope.EventId.ToString(),
            envelope.Stream.Tenant,
            envelope.Metadata.TraceParent);
    }

    /// <summary>The stock that is replenished.</summary>
    public StreamName ToStream() => StockItem.StreamOf(new ProductId(ProductId), Tenant);

    /// <summary>The id of a step's command or operation: the same through every replay and retry.</summary>
    /// <param name="step">Unique inside the replenishment.</param>
    public Guid CommandId(string step) => NameBasedGuid.Create(Guid.ParseExact(InstanceId[InstancePrefix.Length..], "N"), step);

    /// <summary>A step's command. The fingerprint has the stock remember it apart from the many commands of orders.</summary>
    /// <param name="step">Unique inside the replenishment.</param>
    public CommandContext Command(string step) => new(
        new EventMetadata(CommandId(step), CorrelationId, CausationId, Tenant, TraceParent: TraceParent, Source: Source), Fingerprint: step);
}
