using System.Globalization;
using System.Net;
using EventFunctions.Local.Functions.Durable;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.Extensions.Primitives;

namespace Microsoft.DurableTask;

/// <summary>HTTP calls of orchestrators. Each is an activity, so it is made at least once, and its answer is part of the history.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-features</remarks>
public static class TaskOrchestrationContextExtensionMethods
{
    private const string Location = "Location";
    private const string RetryAfter = "Retry-After";

    /// <summary>Makes a call without headers, which waits for no later answer.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="method">The method.</param>
    /// <param name="uri">An absolute address.</param>
    /// <param name="content">The body, as text/plain.</param>
    /// <param name="retryOptions">Which answers make it fail.</param>
    /// <exception cref="TaskFailedException">There was no answer, or one that makes it fail (when awaited).</exception>
    public static Task<DurableHttpResponse> CallHttpAsync(
        this TaskOrchestrationContext context, HttpMethod method, Uri uri, string? content = null, HttpRetryOptions? retryOptions = null) =>
        CallHttpAsync(context, new DurableHttpRequest(method, uri) { Content = content, HttpRetryOptions = retryOptions });

    /// <summary>
    /// Makes a call. With <see cref="DurableHttpRequest.AsynchronousPatternEnabled"/> it asks the Location of an answer 202 again and again,
    /// after as many seconds as Retry-After says, else 30 or what host.json says, until something else is answered.
    /// </summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="TaskFailedException">There was no answer, or one that makes it fail (when awaited).</exception>
    /// <exception cref="InvalidOperationException">An answer 202 has no Location (when awaited).</exception>
    public static async Task<DurableHttpResponse> CallHttpAsync(this TaskOrchestrationContext context, DurableHttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var asked = request;
        while (true)
        {
            var answer = await context.CallActivityAsync<DurableHttpResponse>(HttpActivity.Name, asked);
            if (!request.AsynchronousPatternEnabled || answer is not { StatusCode: HttpStatusCode.Accepted, Headers: { } headers })
            {
                return answer;
            }

            var next = LocationOf(headers, asked.Uri);
            await context.CreateTimer(context.CurrentUtcDateTime + PauseOf(headers, context), CancellationToken.None);
            asked = Poll(request, next);
        }
    }

    private static Uri LocationOf(IDictionary<string, StringValues> headers, Uri asked) =>
        headers.TryGetValue(Location, out var location) && Uri.TryCreate(asked, location.ToString(), out var uri)
            ? uri
            : throw new InvalidOperationException(
                $"{asked} answered 202 without a Location that could be asked for the result; set AsynchronousPatternEnabled to false to get that answer itself.");

    /// <summary>A date is not read, as in the package.</summary>
    private static TimeSpan PauseOf(IDictionary<string, StringValues> headers, TaskOrchestrationContext context) =>
        headers.TryGetValue(RetryAfter, out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Max(seconds, 0))
            : context.Properties.TryGetValue(HttpActivity.PauseProperty, out var value) && value is TimeSpan pause ? pause : HttpActivity.DefaultPause;

    /// <summary>A function's key may not be good for its status, and what another server asks for credentials is not to get these.</summary>
    private static DurableHttpRequest Poll(DurableHttpRequest first, Uri location)
    {
        var isSameOrigin = Uri.Compare(first.Uri, location, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        return new DurableHttpRequest(HttpMethod.Get, location)
        {
            AsynchronousPatternEnabled = true,
            Headers = first.Headers?.Where(header => IsKept(header.Key, isSameOrigin)).ToDictionary(StringComparer.OrdinalIgnoreCase),
        };
    }

    private static bool IsKept(string header, bool isSameOrigin) => header.ToUpperInvariant() switch
    {
        "X-FUNCTIONS-KEY" => false,
        "AUTHORIZATION" or "COOKIE" => isSameOrigin,
        _ => true,
    };
}
