using System.Collections.Concurrent;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>The calls that the partners got, the newest of them, with the headers by which a customer's support would find them.</summary>
internal sealed class CallLog
{
    private const int Capacity = 10_000;
    private readonly ConcurrentQueue<ReceivedCall> _calls = [];

    /// <summary>Notes a call.</summary>
    public void Add(HttpRequest request)
    {
        _calls.Enqueue(new ReceivedCall(
            request.Method, request.Path.Value ?? string.Empty, TextOf(request, "X-Correlation-Id"), TextOf(request, "traceparent"), TextOf(request, "Idempotency-Key")));
        while (_calls.Count > Capacity)
        {
            _calls.TryDequeue(out _);
        }
    }

    /// <summary>The calls of a business transaction, or all where none is named, the oldest first.</summary>
    public IReadOnlyList<ReceivedCall> Of(string? correlationId) => [.. _calls.Where(c => correlationId is null || c.CorrelationId == correlationId)];

    private static string? TextOf(HttpRequest request, string header) => request.Headers[header].ToString() is { Length: > 0 } text ? text : null;
}

/// <summary>A call that a partner got.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, which begins with the partner's name.</param>
/// <param name="CorrelationId">The customer's business transaction.</param>
/// <param name="TraceParent">W3C trace context.</param>
/// <param name="IdempotencyKey">Identifies the operation.</param>
internal sealed record ReceivedCall(string Method, string Path, string? CorrelationId, string? TraceParent, string? IdempotencyKey);
