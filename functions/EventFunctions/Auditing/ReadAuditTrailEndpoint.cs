using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Auditing;

/// <summary><c>GET /api/admin/audit</c>: who did what, when and from where, newest first, page by page.</summary>
/// <param name="trail">The audit trail.</param>
public sealed class ReadAuditTrailEndpoint(IAuditTrail trail)
{
    private const int UsualPageSize = 50;

    /// <summary>200 with a page of the entries of a <c>stream</c>, a <c>correlation</c> or a <c>user</c>: one of them has to be given.</summary>
    [Function("ReadAuditTrail")]
    [ApiQuery("stream", "What it happened to, e.g. ordering-7f3c.")]
    [ApiQuery("correlation", "The business transaction.")]
    [ApiQuery("user", "Who did it.")]
    [ApiQuery("from", "Not before this time.", Type = typeof(DateTimeOffset))]
    [ApiQuery("to", "Before this time.", Type = typeof(DateTimeOffset))]
    [ApiQuery("pageSize", "How many entries a page holds at most.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(AuditPageResponse))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "audit")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = QueryOf(request) with { From = QueryParameters.Time(request, "from"), To = QueryParameters.Time(request, "to") };
        if (query.To <= query.From)
        {
            throw new ProblemException(Problem.Invalid("to", "Must be after 'from'."));
        }

        var size = QueryParameters.PageSize(request, UsualPageSize, AuditPage.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        var page = await QueryPages.AfterAsync(continuation, () => trail.ReadAsync(query, size, continuation, cancellationToken));
        return new ApiResult(StatusCodes.Status200OK, new AuditPageResponse(page.Entries, page.Continuation));
    }

    private static AuditQuery QueryOf(HttpRequest request) =>
        (QueryParameters.Text(request, "stream"), QueryParameters.Text(request, "correlation"), QueryParameters.Text(request, "user")) switch
        {
            ({ } stream, null, null) => AuditQuery.OfStream(stream),
            (null, { } correlation, null) => AuditQuery.OfCorrelation(correlation),
            (null, null, { } user) => AuditQuery.OfUser(user),
            _ => throw new ProblemException(Problem.Invalid("stream", "One of 'stream', 'correlation' and 'user' must be given.")),
        };
}

/// <summary>A page of the audit trail.</summary>
/// <param name="Items">The entries, newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record AuditPageResponse(IReadOnlyList<AuditEntry> Items, string? Continuation);
