using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary><c>GET /api/admin/sagas</c>: the sagas of orders in a state; without one those that wait for an operator.</summary>
/// <param name="query">Looks.</param>
public sealed class ListSagasEndpoint(OrderSagaQuery query)
{
    /// <summary>The states of the orchestration itself that can be asked for beside those of the saga.</summary>
    private static readonly string[] OfTheEngine = [nameof(OrchestrationRuntimeStatus.Failed), nameof(OrchestrationRuntimeStatus.Terminated)];

    /// <summary>200 with a page; one without a continuation is the last.</summary>
    [Function("ListSagas")]
    [ApiQuery("state", "The state; CompensationFailed, CompletionFailed, DeliveryOverdue and Failed where none is given.")]
    [ApiQuery("from", "Only sagas that began then or later.", Type = typeof(DateTimeOffset))]
    [ApiQuery("to", "Only sagas that began then or earlier.", Type = typeof(DateTimeOffset))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(OrderSagasPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "sagas")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var states = StatesOf(request);
        var (from, to) = (QueryParameters.Time(request, "from"), QueryParameters.Time(request, "to"));
        var continuation = QueryParameters.Continuation(request);
        return new ApiResult(
            StatusCodes.Status200OK,
            await QueryPages.AfterAsync(continuation, () => query.FindAsync(client, states, from, to, continuation, cancellationToken)));
    }

    private static IReadOnlyList<string> StatesOf(HttpRequest request)
    {
        var known = OrderSagaState.Transitions.States.Concat(OfTheEngine).Order(StringComparer.Ordinal).ToList();
        return QueryParameters.Text(request, "state") switch
        {
            null => [.. OrderSagaState.OpenEnds, nameof(OrchestrationRuntimeStatus.Failed)],
            var state when known.Contains(state) => [state],
            _ => throw new ProblemException(Problem.Invalid("state", $"Must be one of '{string.Join("', '", known)}'.")),
        };
    }
}
