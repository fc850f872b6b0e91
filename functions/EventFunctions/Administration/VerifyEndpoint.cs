using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Administration;

/// <summary><c>GET /api/admin/verify?pageSize=&amp;continuation=</c>: looks for damage in the store, page by page.</summary>
/// <param name="verifier">Looks.</param>
public sealed class VerifyEndpoint(StoreVerifier verifier)
{
    private const int UsualPageSize = 50;

    /// <summary>200 with a page of findings, which is empty for streams without damage.</summary>
    [Function("VerifyStreams")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "verify")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var continuation = QueryParameters.Continuation(request);
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, VerificationPage.MaxSize);
        try
        {
            return new ApiResult(StatusCodes.Status200OK, await verifier.VerifyAsync(pageSize, continuation, cancellationToken));
        }
        catch (ArgumentException exception) when (continuation is not null)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before."), exception);
        }
    }
}
