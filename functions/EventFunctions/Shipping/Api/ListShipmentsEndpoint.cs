using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Projections;
using EventFunctions.Shipping.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Api;

/// <summary><c>GET /api/admin/shipments</c>: the shipments of all orders or those of one status, newest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListShipmentsEndpoint(ServingViews views)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page; of one status it may hold fewer than asked for, or none, although more follow.</summary>
    [Function("ListShipments")]
    [ApiQuery("status", "Only those of this status.", OneOf = ["created", "dispatched", "delivered", "cancelled"])]
    [ApiQuery("pageSize", "How many shipments a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(ShipmentsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "shipments")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        ShipmentStatus? status = QueryParameters.Text(request, "status") is null ? null : QueryParameters.OneOf(
            request,
            "status",
            ("created", ShipmentStatus.Created),
            ("dispatched", ShipmentStatus.Dispatched),
            ("delivered", ShipmentStatus.Delivered),
            ("cancelled", ShipmentStatus.Cancelled));
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, ViewPage<ShipmentView>.MaxSize);
        var list = new FilteredViewPages<ShipmentView>(
            await views.OfAsync(ShipmentViewProjection.Kind, cancellationToken), ShipmentViewProjection.Partition, ShipmentViewProjection.Kind);
        var (found, continuation) = await list.ReadAsync(
            view => status is null || view.Status == status, pageSize, QueryParameters.Continuation(request), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, new ShipmentsPage(found, continuation));
    }
}

/// <summary>A page of shipments.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record ShipmentsPage(IReadOnlyList<ShipmentView> Items, string? Continuation);
