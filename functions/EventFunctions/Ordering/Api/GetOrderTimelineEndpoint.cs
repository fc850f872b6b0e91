using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Api;

/// <summary><c>GET /api/orders/{orderId}/timeline</c>: everything that happened for an order, in all contexts.</summary>
/// <param name="views">The entries.</param>
public sealed class GetOrderTimelineEndpoint(ServingViews views)
{
    /// <summary>200 with the events by time, or 404 until there is one.</summary>
    [Function("GetOrderTimeline")]
    [ApiAnswer(200, typeof(TimelineResponse))]
    [ApiProblem(404, OrderRejections.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{orderId}/timeline")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Order(orderId);
        var timeline = new OrderTimeline(await views.OfAsync(OrderTimeline.Kind, cancellationToken));
        var entries = await timeline.ReadAsync(id, cancellationToken);
        return entries.Count > 0
            ? new ApiResult(StatusCodes.Status200OK, new TimelineResponse(id, entries))
            : new ProblemResult(Problem.NotFound("order-not-found", $"There is no order '{id}', or nothing of it is shown yet."));
    }
}

/// <summary>What happened for an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Events">By time.</param>
public sealed record TimelineResponse(OrderId OrderId, IReadOnlyList<TimelineEntry> Events);
