namespace EventFunctions.EventSourcing;

/// <summary>What is known about the circumstances of an event; none of it is needed to rebuild state.</summary>
/// <param name="CommandId">The command that produced the event.</param>
/// <param name="CorrelationId">The business transaction: one id from the first request to the last event.</param>
/// <param name="CausationId">The message or command that led to the command, where there is one.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="User">Who asked, as far as known.</param>
/// <param name="ClientAddress">The address the request came from; of an event about no person in particular the network alone is stored.</param>
/// <param name="UserAgent">The client software the request came from; stored of events about a person only.</param>
/// <param name="TraceParent">W3C trace context, <c>traceparent</c> (https://www.w3.org/TR/trace-context/).</param>
/// <param name="TraceState">W3C trace context, <c>tracestate</c>.</param>
/// <param name="Source">The part of the system that sent the command, e.g. <c>http</c>, <c>order-saga</c>.</param>
/// <param name="Process">
/// The process that leads what the event belongs to, where it is known, e.g. <c>order-saga</c>, <c>order-choreography</c>. Messages
/// are routed by it, so that the handlers of one process are not woken by the events of another.
/// </param>
/// <param name="Personal">User, client address and user agent, sealed under the key of the person whom the event is about. Readers of opened events have them in their places instead.</param>
public sealed record EventMetadata(
    Guid CommandId,
    string CorrelationId,
    string? CausationId = null,
    string? Tenant = null,
    string? User = null,
    string? ClientAddress = null,
    string? UserAgent = null,
    string? TraceParent = null,
    string? TraceState = null,
    string? Source = null,
    string? Process = null,
    SealedValue? Personal = null)
{
    /// <summary>The circumstances without what tells one client from others.</summary>
    internal EventMetadata WithoutPrecision() => this with { ClientAddress = ClientNetwork.Of(ClientAddress), UserAgent = null };
}
