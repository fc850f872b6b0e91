using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
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
    [ApiQuery("pageSize", "How many streams a page looks at: 1 to 100, 50 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(VerificationPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "verify")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var continuation = QueryParameters.Continuation(request);
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, VerificationPage.MaxSize);
        return new ApiResult(
            StatusCodes.Status200OK, await QueryPages.AfterAsync(continuation, () => verifier.VerifyAsync(pageSize, continuation, cancellationToken)));
    }
}
