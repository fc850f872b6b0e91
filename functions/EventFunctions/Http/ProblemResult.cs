using System.Globalization;
using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Http;

/// <summary>Answers a request with a <see cref="Http.Problem"/> as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="problem">What went wrong.</param>
public sealed class ProblemResult(Problem problem) : IResult
{
    /// <summary>What went wrong.</summary>
    public Problem Problem { get; } = problem;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        if (Problem.RetryAfter is { } wait)
        {
            // Whole seconds, rounded up: an early retry would only fail again.
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Problem.Allow is { } methods)
        {
            response.Headers.Allow = string.Join(", ", methods);
        }

        var correlationId = httpContext.RequestServices.GetService<RequestMetadata>()?.CorrelationId;
        await response.WriteAsJsonAsync(
            Problem with { CorrelationId = Problem.CorrelationId ?? correlationId },
            EventJson.Options,
            "application/problem+json",
            httpContext.RequestAborted);
    }
}
