using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary><c>GET /api/admin/dead-letters/{topic}/{subscription}/{sequenceNumber}</c>: a dead letter with its body.</summary>
/// <param name="queues">The dead letters.</param>
public sealed class GetDeadLetterEndpoint(DeadLetterQueues queues)
{
    /// <summary>200 with the dead letter, or 404.</summary>
    [Function("GetDeadLetter")]
    [ApiAnswer(200, typeof(DeadLetterReport))]
    [ApiProblem(404, "subscription-not-found", "dead-letter-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "dead-letters/{topic}/{subscription}/{sequenceNumber:long}")] HttpRequest request,
        string topic,
        string subscription,
        string sequenceNumber,
        CancellationToken cancellationToken)
    {
        _ = request;
        var source = DeadLetterRoute.Source(topic, subscription);
        var number = DeadLetterRoute.Number(source, sequenceNumber);
        return await queues.PeekAsync(source, number, count: 1, cancellationToken) is [var found] && found.SequenceNumber == number
            ? new ApiResult(StatusCodes.Status200OK, DeadLetterReport.WithBodyOf(found))
            : new ProblemResult(DeadLetterRoute.NotFound(source, sequenceNumber));
    }
}
