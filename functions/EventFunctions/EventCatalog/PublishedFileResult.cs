using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EventFunctions.EventCatalog;

/// <summary>Answers with a file, or with 304 where the client has it already (RFC 9110, section 13.1.2).</summary>
/// <param name="file">The file.</param>
public sealed class PublishedFileResult(PublishedFile file) : IResult
{
    /// <summary>It changes with a deployment only; until then a question is answered without the file.</summary>
    private const string AskEachTime = "no-cache";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.Headers.ETag = file.EntityTag;
        response.Headers.CacheControl = AskEachTime;
        if (IsKnown(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        await response.Body.WriteAsync(file.Content, httpContext.RequestAborted);
    }

    private bool IsKnown(HttpRequest request)
    {
        var tag = new EntityTagHeaderValue(file.EntityTag);
        return EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));
    }
}
