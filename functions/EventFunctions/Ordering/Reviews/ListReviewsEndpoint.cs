using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reviews;

/// <summary><c>GET /api/admin/reviews</c>: the orders that wait for a review, the one that has waited longest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListReviewsEndpoint(ServingViews views)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page, which is empty where nothing waits.</summary>
    [Function("ListReviews")]
    [ApiQuery("pageSize", "How many orders a page has.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ReviewsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "reviews")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var size = QueryParameters.PageSize(request, UsualPageSize, ViewPage<OrderReviewView>.MaxSize);
        var page = await ReadAsync(size, QueryParameters.Continuation(request), cancellationToken);

        // Those that wait come first, so the first that does not is the end of the list.
        var pending = page.Views.Select(v => v.View).TakeWhile(v => v.IsPending).ToList();
        return new ApiResult(StatusCodes.Status200OK, new ReviewsPage(pending, pending.Count == page.Views.Count ? page.Continuation : null));
    }

    private async Task<ViewPage<OrderReviewView>> ReadAsync(int size, string? continuation, CancellationToken cancellationToken)
    {
        var reviews = await views.OfAsync(OrderReviewQueue.Kind, cancellationToken);
        return await QueryPages.AfterAsync(
            continuation,
            () => reviews.ListAsync<OrderReviewView>(OrderReviewQueue.Partition, OrderReviewQueue.Kind, size, continuation, cancellationToken));
    }
}

/// <summary>A page of the orders that wait for a review.</summary>
/// <param name="Items">The one that has waited longest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record ReviewsPage(IReadOnlyList<OrderReviewView> Items, string? Continuation);
