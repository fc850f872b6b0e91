using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>
/// <c>POST /api/admin/dead-letters/{topic}/{subscription}/{sequenceNumber}/resubmit</c>: sends a dead letter to its topic once more.
/// </summary>
/// <param name="queues">The dead letters.</param>
/// <param name="resubmission">Sends.</param>
/// <param name="logger">Gets what was resubmitted.</param>
public sealed class ResubmitDeadLetterEndpoint(
    DeadLetterQueues queues, DeadLetterResubmission resubmission, ILogger<ResubmitDeadLetterEndpoint> logger)
{
    /// <summary>200 when it was sent, 404 where it is not there, 409 where it is and could not be received.</summary>
    [Function("ResubmitDeadLetter")]
    [ApiAnswer(200, typeof(ResubmissionReport))]
    [ApiProblem(404, "subscription-not-found", "dead-letter-not-found")]
    [ApiProblem(409, "dead-letter-out-of-reach")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "dead-letters/{topic}/{subscription}/{sequenceNumber:long}/resubmit")]
        HttpRequest request,
        string topic,
        string subscription,
        string sequenceNumber,
        CancellationToken cancellationToken)
    {
        _ = request;
        var source = DeadLetterRoute.Source(topic, subscription);
        var number = DeadLetterRoute.Number(source, sequenceNumber);
        if (await queues.PeekAsync(source, number, count: 1, cancellationToken) is not [var found] || found.SequenceNumber != number)
        {
            return new ProblemResult(DeadLetterRoute.NotFound(source, sequenceNumber));
        }

        if (await resubmission.ResubmitAsync(source, m => m.SequenceNumber == number, limit: 1, cancellationToken) == 0)
        {
            return new ProblemResult(DeadLetterRoute.OutOfReach(source, number));
        }

        logger.LogInformation("Dead letter {SequenceNumber} of {Source} ({MessageId}) is resubmitted.", number, source, found.MessageId);
        return new ApiResult(StatusCodes.Status200OK, new ResubmissionReport(topic, subscription, Resubmitted: 1, MayHaveMore: false));
    }
}
