using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>Answers a request with JSON.</summary>
/// <param name="status">The HTTP status code, 200 to 299.</param>
/// <param name="body">The body; its run-time type decides what is written.</param>
/// <param name="version">The version of what the body shows, sent as <c>ETag</c>.</param>
/// <param name="location">Where what was created can be read.</param>
public sealed class ApiResult(int status, object body, long? version = null, string? location = null) : IResult
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>The body.</summary>
    public object Body { get; } = body;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (version is { } known)
        {
            response.Headers.ETag = Preconditions.ETagOf(known);
        }

        if (location is not null)
        {
            response.Headers.Location = location;
        }

        return response.WriteAsJsonAsync(Body, Body.GetType(), EventJson.Options, httpContext.RequestAborted);
    }
}
