using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Api;

/// <summary>
/// <c>GET /api/orders/{orderId}</c>: the order as its view shows it, a moment after it happened; with <c>?asOf=</c> or
/// <c>?version=</c> as it was then.
/// </summary>
/// <param name="views">The views.</param>
/// <param name="past">The order as it was.</param>
public sealed class GetOrderEndpoint(ServingViews views, PastOrder past)
{
    /// <summary>200 with the view, or 404 until there is one.</summary>
    [Function("GetOrder")]
    [ApiQuery("asOf", "Shows the order as it was at a time.", Type = typeof(DateTimeOffset))]
    [ApiQuery("version", "Shows the order as it was at a version, from 1; not together with 'asOf'.", Type = typeof(long))]
    [ApiAnswer(200, typeof(OrderView), HasETag = true)]
    [ApiProblem(404, OrderRejections.NotFound, "order-not-yet-placed", "order-version-not-found")]
    [ApiProblem(410, "events-gone")]
    [ApiProblem(422, "order-history-too-long")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{orderId}")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Order(orderId);
        if (PastOrder.IsAskedBy(request))
        {
            return await past.AnswerAsync(request, id, cancellationToken);
        }

        var orders = await views.OfAsync(OrderViewProjection.Kind, cancellationToken);
        return await orders.FindAsync<OrderView>(OrderViewProjection.KeyOf(id), cancellationToken) is { Current: var current }
            ? new ApiResult(StatusCodes.Status200OK, current.View, current.Version)
            : new ProblemResult(Problem.NotFound("order-not-found", $"There is no order '{id}', or it is not shown yet."));
    }
}
