using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.PersonalData.Api;

/// <summary><c>GET /api/admin/customers/{customerId}/erasure</c>: what the erasure of a customer covered.</summary>
/// <param name="erasure">Has the records.</param>
/// <param name="report">Composes the answer.</param>
public sealed class GetErasureEndpoint(SubjectErasure erasure, ErasureReporter report)
{
    /// <summary>200 with the report, also where it is not complete yet; 404 where nobody asked for an erasure.</summary>
    [Function("GetErasure")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ErasureReport))]
    [ApiProblem(StatusCodes.Status404NotFound, "customer-not-found", "erasure-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "customers/{customerId}/erasure")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var subject = new DataSubjectId(RouteId.Customer(customerId).Value);
        return await erasure.FindAsync(subject, cancellationToken) is { } record
            ? new ApiResult(StatusCodes.Status200OK, report.Of(record))
            : new ProblemResult(Problem.NotFound("erasure-not-found", $"Nobody asked for the erasure of '{customerId}'."));
    }
}
