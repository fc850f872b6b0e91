using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Administration;

/// <summary>
/// <c>GET /api/admin/export?stream=</c> and <c>GET /api/admin/export?continuation=</c>: a chunk of an export of one stream or of
/// all, as lines of JSON with checksums. The footer, the last line, has the continuation of the next chunk.
/// </summary>
/// <param name="exporter">Reads the store.</param>
/// <param name="store">Tells whether a stream exists.</param>
public sealed class ExportEndpoint(StoreExporter exporter, IEventStore store)
{
    /// <summary>200 with a chunk, 404 for a stream that does not exist, 409 where a stream is damaged.</summary>
    [Function("ExportStreams")]
    [ApiQuery("stream", "Exports this stream only.")]
    [ApiQuery("continuation", "The continuation in the last line of the chunk before.")]
    [ApiAnswer(200, typeof(string), MediaType = NdjsonResult.ContentType)]
    [ApiProblem(404, "stream-not-found")]
    [ApiProblem(409, "stream-damaged")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "export")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var continuation = QueryParameters.Continuation(request);
        StreamName? only = request.Query["stream"].ToString() is { Length: > 0 } text && continuation is null
            ? await ExistingAsync(text, cancellationToken)
            : null;

        // A chunk is bounded, and is gathered before the answer begins: a stream that turns out to be damaged is a problem then
        // and not an answer that breaks off.
        var body = new MemoryStream();
        try
        {
            await foreach (var line in exporter.ExportAsync(new ExportRequest(request.Host.Value ?? string.Empty, only, continuation), cancellationToken))
            {
                await body.WriteAsync(line, cancellationToken);
            }
        }
        catch (ArgumentException exception) when (continuation is not null)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before."), exception);
        }
        catch (Exception exception) when (exception is StreamCorruptedException or EventFormatException)
        {
            throw new ProblemException(StreamProblems.Damaged(exception), exception);
        }

        return new NdjsonResult(body.ToArray());
    }

    private async Task<StreamName> ExistingAsync(string text, CancellationToken cancellationToken) =>
        StreamName.TryParse(text, out var stream) && (await store.LoadHeadAsync(stream, cancellationToken)).Token is not null
            ? stream
            : throw new ProblemException(StreamProblems.Absent(text));
}
