using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using Grpc.Core;

namespace EventFunctions.Http;

/// <summary>What a client is told about an exception, and about a command that did not take effect.</summary>
public static class ProblemMap
{
    /// <summary>How long a client waits where the store does not say.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The problem an exception is; what is not known by name is our fault and tells nothing of itself.</summary>
    public static Problem Of(Exception exception) => exception switch
    {
        ProblemException known => known.Problem,
        Microsoft.AspNetCore.Http.BadHttpRequestException { StatusCode: 413 } => Problem.TooLarge(RequestBody.MaxBytes),
        Microsoft.AspNetCore.Http.BadHttpRequestException bad =>
            new Problem(bad.StatusCode, "bad-request", "The request could not be read.", bad.Message),
        StoreUnavailableException away => Problem.Unavailable("The store does not answer.", away.RetryAfter ?? DefaultRetryAfter),
        StreamTruncatedException gone => new Problem(410, "events-gone", "The events were archived without a copy.", gone.Message),
        ServiceBusException { IsTransient: true } => Problem.Unavailable("The broker does not answer.", DefaultRetryAfter),
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted } =>
            Problem.Unavailable("The sagas do not answer.", DefaultRetryAfter),
        _ => Problem.Internal(),
    };

    /// <summary>The problem of a command that did not commit.</summary>
    /// <exception cref="ArgumentException">The command did commit.</exception>
    public static Problem Of<TState>(CommandResult<TState> result)
        where TState : class => result switch
        {
            CommandResult<TState>.Rejected rejected => Problem.Rule(rejected.Reason.Code, rejected.Reason.Message),
            CommandResult<TState>.Stale stale => Problem.Stale(stale.Expected.ToString(), stale.Actual),
            CommandResult<TState>.Contended contended => Problem.Contended(contended.Attempts),
            CommandResult<TState>.Reused => new Problem(
                422, "idempotency-key-reused", "The idempotency key was used for another request.", "Send a new key with a new request."),
            _ => throw new ArgumentException("A command that took effect is no problem.", nameof(result)),
        };
}
