using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Publishing.Parked;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>
/// <c>POST /api/admin/dead-letters/{topic}/{subscription}/{sequenceNumber}/discard</c>: removes a dead letter for good. The event
/// itself stays in the store.
/// </summary>
/// <param name="queues">The dead letters.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">Who asks.</param>
/// <param name="logger">Gets what was discarded, by whom and why.</param>
public sealed class DiscardDeadLetterEndpoint(
    DeadLetterQueues queues, IValidator<DiscardRequest> validator, RequestMetadata metadata, ILogger<DiscardDeadLetterEndpoint> logger)
{
    /// <summary>200 with what was discarded, 404 where it is not there, 409 where it is and could not be received.</summary>
    [Function("DiscardDeadLetter")]
    [ApiBody(typeof(DiscardRequest))]
    [ApiAnswer(200, typeof(DeadLetterReport))]
    [ApiProblem(404, "subscription-not-found", "dead-letter-not-found")]
    [ApiProblem(409, "dead-letter-out-of-reach")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "dead-letters/{topic}/{subscription}/{sequenceNumber:long}/discard")]
        HttpRequest request,
        string topic,
        string subscription,
        string sequenceNumber,
        CancellationToken cancellationToken)
    {
        var source = DeadLetterRoute.Source(topic, subscription);
        var number = DeadLetterRoute.Number(source, sequenceNumber);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<DiscardRequest>();
        validator.Check(body);
        if (await queues.PeekAsync(source, number, count: 1, cancellationToken) is not [var found] || found.SequenceNumber != number)
        {
            return new ProblemResult(DeadLetterRoute.NotFound(source, sequenceNumber));
        }

        if (await queues.TakeAsync(source, m => m.SequenceNumber == number, limit: 1, (_, _) => Task.CompletedTask, cancellationToken) == 0)
        {
            return new ProblemResult(DeadLetterRoute.OutOfReach(source, number));
        }

        var asked = metadata.ForCommand(Guid.Empty);
        logger.LogWarning(
            "Dead letter {SequenceNumber} of {Source} ({MessageId}, {Type}) is discarded by {User}: {Reason}",
            number,
            source,
            found.MessageId,
            found.Subject,
            asked.User ?? asked.ClientAddress ?? "unknown",
            body.Reason!.Trim());
        return new ApiResult(StatusCodes.Status200OK, DeadLetterReport.WithBodyOf(found));
    }
}
