using System.Text.Json;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.EventCatalog;

/// <summary><c>GET /api/events/catalog</c>: every event, its versions with examples, who raises and who consumes it.</summary>
/// <param name="files">The files.</param>
public sealed class GetEventCatalogEndpoint(PublishedFiles files)
{
    /// <summary>200 with the catalogue, or 304.</summary>
    [Function("GetEventCatalog")]
    [ApiHeaders(IfNoneMatch = true)]
    [ApiAnswer(200, typeof(JsonElement), HasETag = true)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "events/catalog")] HttpRequest request)
    {
        _ = request;
        return new PublishedFileResult(files.Catalog);
    }
}
