using System.Globalization;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reports;

/// <summary><c>GET /api/admin/sales/{day}</c>: what was sold of each product on a day, page by page.</summary>
/// <param name="sales">The sales.</param>
public sealed class ListSoldProductsEndpoint(SalesReader sales)
{
    private const int DefaultPageSize = 50;

    /// <summary>200 with a page, which is empty for a day without sales; 404 where the address names no day.</summary>
    [Function("ListSoldProducts")]
    [ApiQuery("pageSize", "How many products at most, 1 to 100.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(SoldProductsPage))]
    [ApiProblem(StatusCodes.Status404NotFound, "day-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "sales/{day}")] HttpRequest request,
        string day,
        CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new ProblemResult(Problem.NotFound("day-not-found", $"'{day}' is no day; write e.g. 2026-03-01."));
        }

        var pageSize = QueryParameters.PageSize(request, DefaultPageSize, EventSourcing.ViewPage<OrderFigures>.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        return new ApiResult(
            StatusCodes.Status200OK, await QueryPages.AfterAsync(continuation, () => sales.OfDayAsync(date, pageSize, continuation, cancellationToken)));
    }
}
