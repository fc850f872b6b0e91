using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Payments.Views;
using EventFunctions.Projections;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Api;

/// <summary><c>GET /api/admin/payments</c>: the payments of all orders or those of one status, newest first, page by page.</summary>
/// <param name="views">The views.</param>
public sealed class ListPaymentsEndpoint(ServingViews views)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page; of one status it may hold fewer than asked for, or none, although more follow.</summary>
    [Function("ListPayments")]
    [ApiQuery("status", "Only those of this status.", OneOf = ["processing", "authorized", "captured", "failed", "voided", "refunded"])]
    [ApiQuery("pageSize", "How many payments a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(PaymentsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "payments")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        PaymentStatus? status = QueryParameters.Text(request, "status") is null ? null : QueryParameters.OneOf(
            request,
            "status",
            ("processing", PaymentStatus.Processing),
            ("authorized", PaymentStatus.Authorized),
            ("captured", PaymentStatus.Captured),
            ("failed", PaymentStatus.Failed),
            ("voided", PaymentStatus.Voided),
            ("refunded", PaymentStatus.Refunded));
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, ViewPage<PaymentView>.MaxSize);
        var list = new FilteredViewPages<PaymentView>(
            await views.OfAsync(PaymentViewProjection.Kind, cancellationToken), PaymentViewProjection.Partition, PaymentViewProjection.Kind);
        var (found, continuation) = await list.ReadAsync(
            view => status is null || view.Status == status, pageSize, QueryParameters.Continuation(request), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, new PaymentsPage(found, continuation));
    }
}

/// <summary>A page of payments.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record PaymentsPage(IReadOnlyList<PaymentView> Items, string? Continuation);
