using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Shipping.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Api;

/// <summary><c>GET /api/orders/{orderId}/shipment</c>: the shipment of an order as its view shows it, a moment after it changed.</summary>
/// <param name="views">The views.</param>
public sealed class GetOrderShipmentEndpoint(ServingViews views)
{
    /// <summary>200 with the view, or 404 until there is one.</summary>
    [Function("GetOrderShipment")]
    [ApiAnswer(200, typeof(ShipmentView), HasETag = true)]
    [ApiProblem(404, "order-not-found", ShipmentRejections.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{orderId}/shipment")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Order(orderId);
        var shipments = await views.OfAsync(ShipmentViewProjection.Kind, cancellationToken);
        return await shipments.FindAsync<ShipmentView>(ShipmentViewProjection.KeyOf(id), cancellationToken) is { Current: var current }
            ? new ApiResult(StatusCodes.Status200OK, current.View, current.Version)
            : new ProblemResult(Problem.NotFound(ShipmentRejections.NotFound, $"There is no shipment of order '{id}', or it is not shown yet."));
    }
}
