using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Saga;

/// <summary>Tells a step whose step it is.</summary>
/// <param name="Trace">The saga.</param>
/// <param name="Step">The step's name, unique inside the saga.</param>
public sealed record SagaStep(SagaTrace Trace, string Step);

/// <summary>Tells a step about one product of the order.</summary>
/// <param name="Trace">The saga.</param>
/// <param name="Step">The step's name, unique inside the saga.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many the order has of it, all lines together.</param>
public sealed record StockStep(SagaTrace Trace, string Step, string ProductId, int Quantity);

/// <summary>Tells why the order is cancelled.</summary>
/// <param name="Trace">The saga.</param>
/// <param name="Step">The step's name, unique inside the saga.</param>
/// <param name="Code">Stable.</param>
/// <param name="Reason">For a person.</param>
/// <param name="SealedReason">The customer's own words, which stand in place of the reason.</param>
public sealed record CancellationStep(SagaTrace Trace, string Step, string Code, string Reason, SealedValue? SealedReason = null);

/// <summary>Tells when the parcel arrived.</summary>
/// <param name="Trace">The saga.</param>
/// <param name="Step">The step's name, unique inside the saga.</param>
/// <param name="DeliveredAt">When.</param>
public sealed record DeliveryStep(SagaTrace Trace, string Step, DateTimeOffset DeliveredAt);

/// <summary>What there is to do for an order.</summary>
/// <param name="Outcome">Whether it can be processed at all.</param>
/// <param name="Products">Each product once.</param>
/// <param name="CancelsOrder">
/// Whether an order that cannot be processed is cancelled for that; otherwise it is left as it is.
/// </param>
public sealed record OrderPlan(StepOutcome Outcome, IReadOnlyList<PlannedProduct> Products, bool CancelsOrder = false);

/// <summary>A product of an order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many, all lines together.</param>
public sealed record PlannedProduct(string ProductId, int Quantity);
