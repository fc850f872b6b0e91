using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.Parked;

/// <summary><c>GET /api/admin/parked</c>: the events that could not be published, what was parked first at the front, page by page.</summary>
/// <param name="parked">The parked events.</param>
public sealed class ListParkedEventsEndpoint(IParkedEventList parked)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page, which is empty where everything is published.</summary>
    [Function("ListParkedEvents")]
    [ApiQuery("pageSize", "How many events a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(ParkedEventsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "parked")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var size = QueryParameters.PageSize(request, UsualPageSize, ParkedPage.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        var page = await QueryPages.AfterAsync(continuation, () => parked.ListAsync(size, continuation, cancellationToken));
        return new ApiResult(
            StatusCodes.Status200OK, new ParkedEventsPage([.. page.Events.Select(ParkedEventReport.Of)], page.Continuation));
    }
}

/// <summary>A page of parked events.</summary>
/// <param name="Items">The events.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record ParkedEventsPage(IReadOnlyList<ParkedEventReport> Items, string? Continuation);
