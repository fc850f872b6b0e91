using EventFunctions.Domain.Ordering;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reviews;

/// <summary><c>POST /api/admin/reviews/{orderId}/approve</c>: lets an order that had to be reviewed go on.</summary>
/// <param name="decision">Sends to the order.</param>
/// <param name="validator">Checks the body.</param>
public sealed class ApproveOrderEndpoint(ReviewDecision decision, IValidator<ApproveOrderRequest> validator)
{
    /// <summary>200 with the order's status and version, also where the same was decided before; or a problem.</summary>
    [Function("ApproveOrder")]
    [ApiBody(typeof(ApproveOrderRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ReviewAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, OrderRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, OrderRejections.Cancelled, OrderRejections.NoReview)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "reviews/{orderId}/approve")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Order(orderId);
        var raw = await RequestBody.ReadAsync(request, cancellationToken);
        var body = raw.Json<ApproveOrderRequest>();
        validator.Check(body);
        return await decision.SendAsync(request, raw.Fingerprint, id, body.Reviewer!.Trim(), (order, now) => OrderDecider.Decide(order, new ApproveOrder(body.Reviewer!.Trim()), now), cancellationToken);
    }
}
