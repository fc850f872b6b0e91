using System.Text.Json;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.EventCatalog;

/// <summary><c>GET /api/events/catalog/asyncapi</c>: the messages, topics and subscriptions as an AsyncAPI 3.0 document.</summary>
/// <param name="files">The files.</param>
public sealed class GetAsyncApiEndpoint(PublishedFiles files)
{
    /// <summary>200 with the document, or 304.</summary>
    [Function("GetEventAsyncApi")]
    [ApiHeaders(IfNoneMatch = true)]
    [ApiAnswer(200, typeof(JsonElement), MediaType = "application/vnd.aai.asyncapi+json;version=3.0.0", HasETag = true)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "events/catalog/asyncapi")] HttpRequest request)
    {
        _ = request;
        return new PublishedFileResult(files.AsyncApi);
    }
}
