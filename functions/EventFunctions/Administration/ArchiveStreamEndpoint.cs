using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Administration;

/// <summary>
/// <c>POST /api/admin/streams/{stream}/archive</c>: takes the first events out of a stream and leaves a tombstone. A run is
/// bounded: while the answer says that it is not done, the same request goes on. It may be sent again after any failure.
/// </summary>
/// <param name="archiver">Archives.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">The request's circumstances.</param>
public sealed class ArchiveStreamEndpoint(StreamArchiver archiver, IValidator<ArchiveStreamRequest> validator, RequestMetadata metadata)
{
    /// <summary>200 with what stands in the stream now, 404, 409 where it is damaged or another run is at it, 422 where it may not be.</summary>
    [Function("ArchiveStream")]
    [ApiBody(typeof(ArchiveStreamRequest))]
    [ApiAnswer(200, typeof(ArchivedStream))]
    [ApiProblem(404, "stream-not-found")]
    [ApiProblem(409, "stream-damaged", "contended")]
    [ApiProblem(422, "beyond-snapshot", "newest-event", "no-snapshot", "snapshot-not-usable", "too-young")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "streams/{stream}/archive")] HttpRequest request,
        string stream,
        CancellationToken cancellationToken)
    {
        if (!StreamName.TryParse(stream, out var name))
        {
            return new ProblemResult(StreamProblems.Absent(stream));
        }

        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<ArchiveStreamRequest>();
        validator.Check(body);
        var circumstances = metadata.ForCommand(Guid.Empty);
        var asked = new ArchiveRequest(
            body.ThroughVersion, body.Reason!.Trim(), circumstances.User ?? circumstances.ClientAddress ?? "unknown", body.KeepCopy ?? true);
        try
        {
            return Answer(stream, await archiver.ArchiveAsync(name, asked, cancellationToken));
        }
        catch (StreamCorruptedException exception)
        {
            throw new ProblemException(StreamProblems.Damaged(exception), exception);
        }
    }

    private static IResult Answer(string stream, ArchiveResult result) => result switch
    {
        ArchiveResult.Archived archived => new ApiResult(StatusCodes.Status200OK, ArchivedStream.Of(stream, archived)),
        ArchiveResult.Absent => new ProblemResult(StreamProblems.Absent(stream)),
        ArchiveResult.Contended => new ProblemResult(StreamProblems.Contended()),
        ArchiveResult.Refused refused => new ProblemResult(
            new Problem(422, refused.Code, "The stream cannot be archived like this.", refused.Reason)),
        _ => throw new InvalidOperationException($"Archiving ends archived, absent, contended or refused, not '{result}'."),
    };
}
