using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>The raw body of a request, read whole before anything is decided about it.</summary>
/// <param name="Bytes">The body as it came.</param>
public sealed record RequestBody(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The largest body that is read, in bytes: what fits a message of the bus's standard tier.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int ChunkBytes = 4 * 1024;

    /// <summary>Tells one body from another: SHA-256 in lower-case hexadecimal.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <summary>Reads the body, and no more of it than <see cref="MaxBytes"/>.</summary>
    /// <exception cref="ProblemException">413: the body is larger. 415: it is declared to be something else than JSON.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > MaxBytes)
        {
            throw new ProblemException(Problem.TooLarge(MaxBytes));
        }

        using var buffer = new MemoryStream(capacity: (int)(request.ContentLength ?? ChunkBytes));
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new ProblemException(Problem.TooLarge(MaxBytes));
            }

            buffer.Write(chunk, 0, read);
        }

        if (buffer.Length > 0 && !string.IsNullOrEmpty(request.ContentType) && !request.HasJsonContentType())
        {
            throw new ProblemException(Problem.UnsupportedMediaType(request.ContentType));
        }

        return new RequestBody(buffer.ToArray());
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ProblemException">400: it is not JSON, or a value is of the wrong kind.</exception>
    public T Json<T>()
        where T : class
    {
        if (Bytes.IsEmpty)
        {
            throw new ProblemException(Malformed("$", "The body is empty; a JSON object is expected."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(Bytes.Span, HttpJson.Options)
                ?? throw new ProblemException(Malformed("$", "The body is null; a JSON object is expected."));
        }
        catch (JsonException exception)
        {
            throw new ProblemException(Malformed(exception), exception);
        }
    }

    /// <summary>The body as JSON, or a default where the request has none.</summary>
    /// <exception cref="ProblemException">400: it is not JSON, or a value is of the wrong kind.</exception>
    public T JsonOr<T>(T whenEmpty)
        where T : class => Bytes.IsEmpty ? whenEmpty : Json<T>();

    private static Problem Malformed(JsonException exception)
    {
        // The serializer's message ends in its own path and position; the path goes to 'errors', the position is kept.
        var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
        var position = exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1})" : string.Empty;
        return Malformed(field, $"This is no valid JSON, of another type than expected, or a name that was given before{position}.");
    }

    private static Problem Malformed(string field, string message)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] };
        return new Problem(400, "malformed-json", "The body is not the JSON that is expected.", null, errors);
    }
}
