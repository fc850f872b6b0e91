using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration;

/// <summary>An integration event with where it comes from.</summary>
/// <param name="Id">Follows from the event it was translated from and the contract: the same however often it is translated.</param>
/// <param name="Source">Where it happened: <c>/ordering</c> for the context of orders; before it the tenant, where there is one.</param>
/// <param name="Subject">What it happened to: the id within the context, e.g. an order's. One source and subject are one sequence.</param>
/// <param name="Sequence">Its place among the events of that source and subject: it rises, with gaps.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Data">What happened.</param>
/// <param name="Trace">What it belongs to; goes with the message and not to outsiders.</param>
public sealed record IntegrationEnvelope(
    Guid Id, string Source, string Subject, long Sequence, DateTimeOffset Time, IntegrationEvent Data, IntegrationTrace Trace);

/// <summary>What an integration event belongs to.</summary>
/// <param name="Stream">The stream of the event it was translated from: the session of the message.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The event it was translated from.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context.</param>
public sealed record IntegrationTrace(
    string Stream, string CorrelationId, string? CausationId = null, string? Tenant = null, string? TraceParent = null);
