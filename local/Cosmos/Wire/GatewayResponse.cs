using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>An answer, before it becomes HTTP.</summary>
internal sealed record GatewayResponse(int Status)
{
    public int SubStatus { get; init; }

    /// <summary>JSON, or HybridRow for a batch; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string? ETag { get; init; }

    public string? Continuation { get; init; }

    public int? ItemCount { get; init; }

    public SessionPosition? Session { get; init; }

    /// <summary>How long to wait before it is tried again, where it was refused for its rate alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With an offer, the least request units a second that it could be.</summary>
    public int? LeastThroughput { get; init; }

    /// <summary>In request units; see <see cref="RequestCharges"/>.</summary>
    public double Charge { get; init; } = RequestCharges.Minimum;

    public static GatewayResponse Error(int status, int subStatus, string message) => new(status)
    {
        SubStatus = subStatus,
        Body = JsonSerializer.SerializeToUtf8Bytes(new { code = CodeOf(status), message }, JsonOptions),
    };

    /// <summary>The refusal of a query that its client has to put together itself, with the plan by which it does.</summary>
    /// <param name="plan">The plan, as the answer to a request for it has it.</param>
    public static GatewayResponse NotServable(string plan) => new(400)
    {
        SubStatus = 1004,
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                code = CodeOf(400),
                message = "A query over several partitions is not served by the gateway alone: read each key range by the plan.",
                additionalErrorInfo = plan,
            },
            JsonOptions),
    };

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string CodeOf(int status) => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "RequestEntityTooLarge",
        424 => "FailedDependency",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        _ => "InternalServerError",
    };
}
