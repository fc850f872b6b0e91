using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary><c>GET /api/admin/orders/overdue</c>: lists parcels that had not arrived in time, with what became of them.</summary>
/// <param name="overdue">The list.</param>
/// <param name="orders">Tell what became of them.</param>
public sealed class ListOverdueDeliveriesEndpoint(OverdueDeliveries overdue, IAggregateRepository<Order, OrderEvent> orders)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page, the newest first, which is empty where every parcel was in time.</summary>
    [Function("ListOverdueDeliveries")]
    [ApiQuery("pageSize", "How many parcels a page holds, from 1 to 100; 20 unless it is given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(OverdueDeliveriesPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "orders/overdue")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, ViewPage<OverdueDelivery>.MaxSize);
        var page = await ReadAsync(pageSize, QueryParameters.Continuation(request), cancellationToken);
        var items = await Task.WhenAll(page.Views.Select(v => ReportAsync(v.View, cancellationToken)));
        return new ApiResult(StatusCodes.Status200OK, new OverdueDeliveriesPage(items, page.Continuation));
    }

    private async Task<ViewPage<OverdueDelivery>> ReadAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        return await QueryPages.AfterAsync(continuation, () => overdue.ListAsync(pageSize, continuation, cancellationToken));
    }

    private async Task<OverdueReport> ReportAsync(OverdueDelivery entry, CancellationToken cancellationToken)
    {
        var order = (await orders.LoadAsync(Order.StreamOf(entry.OrderId), cancellationToken)).State;
        return new OverdueReport(entry.OrderId, entry.TrackingNumber, entry.NoticedAt, order.Status, order.DeliveredAt);
    }
}

/// <summary>A page of overdue parcels.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record OverdueDeliveriesPage(IReadOnlyList<OverdueReport> Items, string? Continuation);

/// <summary>A parcel that had not arrived in time.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="TrackingNumber">The carrier's number, to ask by.</param>
/// <param name="NoticedAt">When it was noticed, UTC.</param>
/// <param name="Status">How far the order is now: shipped while the parcel is still on its way.</param>
/// <param name="DeliveredAt">When it arrived after all, UTC.</param>
public sealed record OverdueReport(
    OrderId OrderId, string TrackingNumber, DateTimeOffset NoticedAt, OrderStatus Status, DateTimeOffset? DeliveredAt);
