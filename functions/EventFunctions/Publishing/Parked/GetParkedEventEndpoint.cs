using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.Parked;

/// <summary><c>GET /api/admin/parked/{stream}/{id}</c>: a parked event, why it was not published, and what is stored of it.</summary>
/// <param name="parked">The parked events.</param>
/// <param name="documents">What is stored.</param>
public sealed class GetParkedEventEndpoint(IParkedEventList parked, IStoredDocuments documents)
{
    /// <summary>200 with the event, also a discarded one, or 404.</summary>
    [Function("GetParkedEvent")]
    [ApiAnswer(200, typeof(ParkedEventReport))]
    [ApiProblem(404, "event-not-parked")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "parked/{stream}/{id}")] HttpRequest request,
        string stream,
        string id,
        CancellationToken cancellationToken)
    {
        _ = request;
        var source = new DocumentReference(stream, id);
        return await parked.FindAsync(source, cancellationToken) is { } found
            ? new ApiResult(
                StatusCodes.Status200OK,
                ParkedEventReport.Of(found) with { Document = await documents.FindAsync(source, cancellationToken) })
            : new ProblemResult(ParkedEventReport.NotParked(source));
    }
}
