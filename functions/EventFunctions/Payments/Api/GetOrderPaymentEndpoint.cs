using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Payments.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Api;

/// <summary><c>GET /api/orders/{orderId}/payment</c>: the payment of an order as its view shows it, a moment after it changed.</summary>
/// <param name="views">The views.</param>
public sealed class GetOrderPaymentEndpoint(ServingViews views)
{
    /// <summary>200 with the view, or 404 until there is one.</summary>
    [Function("GetOrderPayment")]
    [ApiAnswer(200, typeof(PaymentView), HasETag = true)]
    [ApiProblem(404, "order-not-found", PaymentRejections.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{orderId}/payment")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Order(orderId);
        var payments = await views.OfAsync(PaymentViewProjection.Kind, cancellationToken);
        return await payments.FindAsync<PaymentView>(PaymentViewProjection.KeyOf(id), cancellationToken) is { Current: var current }
            ? new ApiResult(StatusCodes.Status200OK, current.View, current.Version)
            : new ProblemResult(Problem.NotFound(PaymentRejections.NotFound, $"There is no payment of order '{id}', or it is not shown yet."));
    }
}
