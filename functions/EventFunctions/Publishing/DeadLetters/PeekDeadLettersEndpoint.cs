using System.Globalization;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary><c>GET /api/admin/dead-letters/{topic}/{subscription}</c>: the dead letters of a subscription by their numbers, page by page.</summary>
/// <param name="queues">The dead letters.</param>
public sealed class PeekDeadLettersEndpoint(DeadLetterQueues queues)
{
    private const int UsualPageSize = 20;
    private const int MaxPageSize = 100;

    /// <summary>200 with a page, without bodies; nothing is received or locked.</summary>
    [Function("PeekDeadLetters")]
    [ApiQuery("pageSize", "How many dead letters a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(DeadLetterPage))]
    [ApiProblem(404, "subscription-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "dead-letters/{topic}/{subscription}")] HttpRequest request,
        string topic,
        string subscription,
        CancellationToken cancellationToken)
    {
        var source = DeadLetterRoute.Source(topic, subscription);
        var size = QueryParameters.PageSize(request, UsualPageSize, MaxPageSize);
        var dead = await queues.PeekAsync(source, FromOf(request), size, cancellationToken);

        // The broker may send fewer than it has, so only what is empty is the end.
        var continuation = dead.Count == 0 ? null : (dead[^1].SequenceNumber + 1).ToString(CultureInfo.InvariantCulture);
        return new ApiResult(StatusCodes.Status200OK, new DeadLetterPage([.. dead.Select(DeadLetterReport.Of)], continuation));
    }

    private static long FromOf(HttpRequest request) => QueryParameters.Continuation(request) switch
    {
        null => 0,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before.")),
    };
}

/// <summary>A page of dead letters.</summary>
/// <param name="Items">By number.</param>
/// <param name="Continuation">Asks for the next page; absent where this one is empty.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterReport> Items, string? Continuation);
