using System.Text.Json;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.EventCatalog;

/// <summary><c>GET /api/openapi.json</c>: the operations of this API as an OpenAPI 3.1 document.</summary>
/// <param name="files">The files.</param>
public sealed class GetOpenApiEndpoint(PublishedFiles files)
{
    /// <summary>200 with the document, or 304.</summary>
    [Function("GetOpenApi")]
    [ApiHeaders(IfNoneMatch = true)]
    [ApiAnswer(200, typeof(JsonElement), HasETag = true)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        _ = request;
        return new PublishedFileResult(files.OpenApi);
    }
}
