using System.Text.Json.Serialization;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

/// <summary>An HTTP request that an orchestrator has made for it.</summary>
/// <param name="method">The method.</param>
/// <param name="uri">An absolute address.</param>
public class DurableHttpRequest(HttpMethod method, Uri uri)
{
    /// <summary>The method.</summary>
    [JsonPropertyName("method")]
    [JsonConverter(typeof(HttpMethodConverter))]
    public HttpMethod Method { get; } = method;

    /// <summary>The address.</summary>
    [JsonPropertyName("uri")]
    public Uri Uri { get; } = uri;

    /// <summary>Headers, Content-Type included. They become part of the history, secrets too.</summary>
    [JsonPropertyName("headers")]
    [JsonConverter(typeof(HttpHeadersConverter))]
#pragma warning disable CA2227 // As in the package.
    public IDictionary<string, StringValues>? Headers { get; set; }
#pragma warning restore CA2227

    /// <summary>The body; <c>text/plain</c> unless <see cref="Headers"/> have a Content-Type.</summary>
    [JsonPropertyName("content")]
    public string? Content { get; set; }

    /// <summary>Whether the answer 202 is taken for "not yet": its Location is asked until something else is answered.</summary>
    [JsonPropertyName("asynchronousPatternEnabled")]
    public bool AsynchronousPatternEnabled { get; set; }

    /// <summary>Which answers make the call fail.</summary>
    [JsonPropertyName("retryOptions")]
    public HttpRetryOptions? HttpRetryOptions { get; set; }

    /// <summary>How long the answer may take; 240 s if it is not set. It does not hold for what is asked of a Location.</summary>
    [JsonPropertyName("timeout")]
    public TimeSpan? Timeout { get; set; }
}
