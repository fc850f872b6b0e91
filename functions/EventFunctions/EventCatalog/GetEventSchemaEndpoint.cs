using System.Globalization;
using System.Text.Json;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.EventCatalog;

/// <summary><c>GET /api/events/catalog/schemas/{name}/{version}</c>: the JSON Schema of the data of a version of an event.</summary>
/// <param name="files">The files.</param>
public sealed class GetEventSchemaEndpoint(PublishedFiles files)
{
    /// <summary>200 with the schema, 304, or 404 where there is no such event or version.</summary>
    [Function("GetEventSchema")]
    [ApiHeaders(IfNoneMatch = true)]
    [ApiAnswer(200, typeof(JsonElement), MediaType = "application/schema+json", HasETag = true)]
    [ApiProblem(404, "event-schema-not-found")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "events/catalog/schemas/{name}/{version}")] HttpRequest request,
        string name,
        string version)
    {
        _ = request;
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && files.Schema(name, number) is { } schema
            ? new PublishedFileResult(schema)
            : new ProblemResult(Problem.NotFound("event-schema-not-found", $"There is no event '{name}' of version '{version}'. See /api/events/catalog for those there are."));
    }
}
