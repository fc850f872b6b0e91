using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Administration;

/// <summary>
/// <c>POST /api/admin/import</c>: one chunk of an export, as <c>application/x-ndjson</c>; the chunks come in their order. What is
/// new to the store is published like any other event.
/// </summary>
/// <param name="importer">Writes the store.</param>
public sealed class ImportEndpoint(StoreImporter importer)
{
    /// <summary>The largest chunk that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>200 with what became of the chunk, refused lines included; 422 where the chunk is damaged, and then nothing was written.</summary>
    [Function("ImportStreams")]
    [ApiBody(typeof(string), MediaType = NdjsonResult.ContentType)]
    [ApiAnswer(200, typeof(ImportReport))]
    [ApiProblem(422, "import-damaged")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "import")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = await ReadAsync(request, cancellationToken);
        ExportChunk chunk;
        try
        {
            chunk = ExportChunk.Parse(body);
        }
        catch (ExportFormatException exception)
        {
            throw new ProblemException(
                new Problem(422, "import-damaged", "The import is damaged or incomplete; nothing of it was written.", exception.Message), exception);
        }

        return new ApiResult(StatusCodes.Status200OK, await importer.ImportAsync(chunk, cancellationToken));
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType is not { } type || !type.StartsWith(NdjsonResult.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new Problem(
                415,
                "unsupported-media-type",
                "The body has to be lines of JSON.",
                $"Send a chunk of an export with 'Content-Type: {NdjsonResult.ContentType}'."));
        }

        using var buffer = new MemoryStream();
        var part = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new ProblemException(Problem.TooLarge(MaxBytes));
            }

            buffer.Write(part, 0, read);
        }

        return buffer.ToArray();
    }
}
