using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Streams;

/// <summary>
/// <c>GET /api/admin/events?type=&amp;from=&amp;to=&amp;correlationId=&amp;order=&amp;pageSize=&amp;continuation=</c>: events of all streams.
/// </summary>
/// <param name="queries">Finds the events.</param>
/// <param name="registry">Knows the types.</param>
/// <param name="result">The answer.</param>
public sealed class FindEventsEndpoint(IEventQueries queries, EventTypeRegistry registry, EventPageResult result)
{
    /// <summary>
    /// 200 with a page of the events for which everything holds that is given: one of the <c>type</c>s, a time not before
    /// <c>from</c> and before <c>to</c>, the <c>correlationId</c>. <c>order</c> is <c>oldest</c> or <c>newest</c> first.
    /// </summary>
    [Function("FindEvents")]
    [ApiQuery("type", "Only events of this type; may be given several times.", Type = typeof(string[]))]
    [ApiQuery("from", "Only events that happened at this time or later.", Type = typeof(DateTimeOffset))]
    [ApiQuery("to", "Only events that happened before this time.", Type = typeof(DateTimeOffset))]
    [ApiQuery("correlationId", "Only events of this business transaction.")]
    [ApiQuery("order", "Which events come first.", OneOf = ["oldest", "newest"])]
    [ApiQuery("pageSize", "How many events a page holds: 1 to 200, 50 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before, to the same question.")]
    [ApiAnswer(200, typeof(EventPageResponse))]
    [ApiProblem(410, "events-gone")]
    [ApiProblem(500, "event-unreadable")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "events")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = new EventQuery
        {
            Types = TypesOf(request),
            From = QueryParameters.Time(request, "from"),
            To = QueryParameters.Time(request, "to"),
            CorrelationId = QueryParameters.Text(request, "correlationId"),
            Order = QueryParameters.OneOf(request, "order", ("oldest", TimeOrder.OldestFirst), ("newest", TimeOrder.NewestFirst)),
        };
        if (query.To <= query.From)
        {
            throw new ProblemException(Problem.Invalid("to", "Must be after 'from'."));
        }

        var page = QueryParameters.EventPage(request, EventPageResult.UsualPageSize);
        return result.OfAsync(() => queries.QueryAsync(query, page, cancellationToken));
    }

    /// <summary>A misspelt type would be answered with nothing, as if no such event had ever happened.</summary>
    private List<string> TypesOf(HttpRequest request)
    {
        var types = request.Query["type"].OfType<string>().Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var unknown = types.Except(registry.Types.Select(t => t.Name), StringComparer.Ordinal).ToList();
        return (types.Count, unknown.Count) switch
        {
            ( > EventQuery.MaxTypes, _) => throw new ProblemException(Problem.Invalid("type", $"Must be given at most {EventQuery.MaxTypes} times.")),
            (_, > 0) => throw new ProblemException(Problem.Invalid("type", $"There is no event type '{string.Join("', '", unknown)}'.")),
            _ => types,
        };
    }
}
