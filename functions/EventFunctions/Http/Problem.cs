using System.Text.Json.Serialization;

namespace EventFunctions.Http;

/// <summary>Why a request was not served: the members of an <c>application/problem+json</c> body (RFC 9457, section 3).</summary>
/// <param name="Status">The HTTP status code, 400 to 599.</param>
/// <param name="Code">Stable, lower-case and hyphenated; clients may branch on it.</param>
/// <param name="Title">The same for every occurrence of the code.</param>
/// <param name="Detail">What is particular to this occurrence.</param>
/// <param name="Errors">What is wrong with which field, all fields at once; field names are paths into the body, e.g. <c>lines[3].quantity</c>.</param>
public sealed record Problem(
    int Status,
    string Code,
    string Title,
    string? Detail = null,
    IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>Identifies the kind of problem (RFC 9457, section 3.1.1); it is a name, not an address to visit.</summary>
    public string Type => $"urn:eventfunctions:problem:{Code}";

    /// <summary>The correlation id of the request, set when the problem is written.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How long to wait before another try; sent as the <c>Retry-After</c> header.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The methods that the address does take; sent as the <c>Allow</c> header.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Allow { get; init; }

    /// <summary>400: the request has errors in the named fields.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, "validation-failed", "The request is not valid.", "See 'errors' for each field.", errors);

    /// <summary>400: one field, header or query parameter is wrong.</summary>
    public static Problem Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>401: the caller did not prove who it is.</summary>
    public static Problem Unauthorized(string detail) =>
        new(401, "signature-invalid", "The signature is missing, wrong or too old.", detail);

    /// <summary>404: there is no such thing, or not yet.</summary>
    public static Problem NotFound(string code, string detail) => new(404, code, "Not found.", detail);

    /// <summary>405: the address does not take the method (RFC 9110, section 15.5.6).</summary>
    public static Problem MethodNotAllowed(string method, IReadOnlyList<string> allowed) =>
        new(405, "method-not-allowed", "The method is not allowed here.", $"Not {method}, but {string.Join(" or ", allowed)}.") { Allow = allowed };

    /// <summary>409: other writers won every attempt; the same request may succeed later.</summary>
    public static Problem Contended(int attempts) =>
        new(409, "contended", "Other requests changed the same thing at the same time.", $"Gave up after {attempts} attempts; nothing was written.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>412: the version in <c>If-Match</c> is not the current one.</summary>
    public static Problem Stale(string expected, long actual) =>
        new(412, "stale-version", "The version in If-Match is not the current one.", $"Expected {expected}, but the current version is {actual}.");

    /// <summary>413: the body is larger than allowed.</summary>
    public static Problem TooLarge(int limit) =>
        new(413, "body-too-large", "The request body is too large.", $"A body may have at most {limit} bytes.");

    /// <summary>415: the body is declared to be something else than JSON.</summary>
    public static Problem UnsupportedMediaType(string contentType) => new(
        415, "unsupported-media-type", "The body has to be JSON.", $"Send JSON with 'Content-Type: application/json', not '{contentType}'.");

    /// <summary>422: a rule of the domain is broken.</summary>
    public static Problem Rule(string code, string detail) => new(422, code, "A business rule forbids it.", detail);

    /// <summary>500: a fault of ours.</summary>
    public static Problem Internal() =>
        new(500, "internal-error", "The request failed on our side.", "The failure is logged under the correlation id.");

    /// <summary>503: something the request needs is away.</summary>
    public static Problem Unavailable(string detail, TimeSpan retryAfter) =>
        new(503, "unavailable", "A service this request needs is not available.", detail) { RetryAfter = retryAfter };
}
