using System.Diagnostics;
using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>The circumstances of the request that is being served; one per invocation, filled before the function runs.</summary>
public sealed class RequestMetadata
{
    /// <summary>The header that carries the correlation id, in both directions.</summary>
    public const string CorrelationHeader = "X-Correlation-Id";

    /// <summary>What events say about a command that came by HTTP.</summary>
    public const string Source = "http";

    /// <summary>What is kept of a header the client may fill as it likes: it is stored with every event, which has to fit a message.</summary>
    private const int MaxHeaderLength = 512;

    private const int MaxCorrelationIdLength = 128;
    private EventMetadata _template = new(Guid.Empty, Guid.NewGuid().ToString("N"), Source: Source);

    /// <summary>The caller's correlation id, or a new one where the caller sent none that can be used.</summary>
    public string CorrelationId => _template.CorrelationId;

    /// <summary>W3C trace context that the request continues, where there is one.</summary>
    public string? TraceParent => _template.TraceParent;

    /// <summary>Goes with <see cref="TraceParent"/>.</summary>
    public string? TraceState => _template.TraceState;

    /// <summary>The metadata of the events a command of this request leads to.</summary>
    /// <param name="commandId">The command.</param>
    public EventMetadata ForCommand(Guid commandId) => _template with { CommandId = commandId };

    /// <summary>Takes the circumstances from the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hostTraceParent">The trace context the host passed on, used where the caller sent none.</param>
    internal void Fill(HttpRequest request, string? hostTraceParent)
    {
        var correlationId = request.Headers[CorrelationHeader].ToString();
        var traceParent = request.Headers.TraceParent.ToString();
        _template = new EventMetadata(
            Guid.Empty,
            IsUsable(correlationId) ? correlationId : CorrelationId,
            User: request.HttpContext.User.Identity?.Name,
            ClientAddress: request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            UserAgent: OrNull(Cut(request.Headers.UserAgent.ToString())),
            TraceParent: IsTraceParent(traceParent) ? traceParent : OrNull(hostTraceParent),
            TraceState: IsTraceParent(traceParent) ? TraceStateOf(request) : null,
            Source: Source);
    }

    /// <summary>A trace state is used whole or not at all (W3C Trace Context, section 3.3.1.5, asks to carry 512 characters).</summary>
    private static string? TraceStateOf(HttpRequest request) =>
        request.Headers.TraceState.ToString() is { Length: > 0 and <= MaxHeaderLength } state ? state : null;

    private static string Cut(string value) => value.Length <= MaxHeaderLength ? value : value[..MaxHeaderLength];

    private static bool IsTraceParent(string value) => ActivityContext.TryParse(value, null, out _);

    /// <summary>The id goes into headers, logs and every event: only visible ASCII characters, and not too many.</summary>
    private static bool IsUsable(string value) =>
        value.Length is > 0 and <= MaxCorrelationIdLength && value.All(c => c is > ' ' and <= '~');

    private static string? OrNull(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
