using Microsoft.AspNetCore.Http;

namespace EventFunctions.Administration;

/// <summary>Answers a request with lines of JSON.</summary>
/// <param name="body">The lines, in UTF-8.</param>
public sealed class NdjsonResult(ReadOnlyMemory<byte> body) : IResult
{
    /// <summary>The media type of lines of JSON.</summary>
    public const string ContentType = "application/x-ndjson";

    /// <summary>The lines, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status200OK;
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = Body.Length;
        await httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
