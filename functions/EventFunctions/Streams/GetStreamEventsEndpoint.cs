using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Streams;

/// <summary>
/// <c>GET /api/admin/streams/{stream}/events?from=&amp;direction=&amp;pageSize=&amp;continuation=</c>: the events of one stream, page by page.
/// </summary>
/// <param name="pages">The stream's pages.</param>
/// <param name="result">The answer.</param>
public sealed class GetStreamEventsEndpoint(StreamPages pages, EventPageResult result)
{
    /// <summary>
    /// 200 with a page: <c>forward</c> from version <c>from</c> or 1, or <c>backward</c> from <c>from</c> or the newest, which is
    /// empty for a stream that does not exist. 404 for what is no stream's name.
    /// </summary>
    [Function("GetStreamEvents")]
    [ApiQuery("from", "The version that the first page begins with, from 1.", Type = typeof(long))]
    [ApiQuery("direction", "Whether versions go up or down.", OneOf = ["forward", "backward"])]
    [ApiQuery("pageSize", "How many events a page holds: 1 to 200, 50 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before, to the same question.")]
    [ApiAnswer(200, typeof(EventPageResponse))]
    [ApiProblem(404, "stream-not-found")]
    [ApiProblem(410, "events-gone")]
    [ApiProblem(500, "event-unreadable")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "streams/{stream}/events")] HttpRequest request,
        string stream,
        CancellationToken cancellationToken)
    {
        var name = StreamName.TryParse(stream, out var parsed)
            ? parsed
            : throw new ProblemException(Problem.NotFound("stream-not-found", $"'{stream}' is not the name of a stream: it reads [tenant.]category-id."));
        var direction = QueryParameters.OneOf(request, "direction", ("forward", ReadDirection.Forward), ("backward", ReadDirection.Backward));
        var from = QueryParameters.Version(request, "from");
        var page = QueryParameters.EventPage(request, EventPageResult.UsualPageSize);
        return result.OfAsync(() => pages.ReadAsync(name, direction, from, page, cancellationToken));
    }
}
