using EventFunctions.Domain.Ordering;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reviews;

/// <summary><c>POST /api/admin/reviews/{orderId}/reject</c>: cancels an order that had to be reviewed, unless somebody has decided on it.</summary>
/// <param name="decision">Sends to the order.</param>
/// <param name="validator">Checks the body.</param>
public sealed class RejectOrderEndpoint(ReviewDecision decision, IValidator<RejectOrderRequest> validator)
{
    /// <summary>200 with the order's status and version, also where the same was decided before; or a problem.</summary>
    [Function("RejectOrder")]
    [ApiBody(typeof(RejectOrderRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ReviewAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, OrderRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, OrderRejections.Cancelled, OrderRejections.NoReview, OrderRejections.AlreadyApproved)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "reviews/{orderId}/reject")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Order(orderId);
        var raw = await RequestBody.ReadAsync(request, cancellationToken);
        var body = raw.Json<RejectOrderRequest>();
        validator.Check(body);
        return await decision.SendAsync(request, raw.Fingerprint, id, body.Reviewer!.Trim(), (order, now) => OrderReview.Reject(order, body.Reason!.Trim(), now), cancellationToken);
    }
}
