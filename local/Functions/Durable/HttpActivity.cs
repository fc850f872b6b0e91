using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.Extensions.Primitives;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>The activity that the extension brings along: it makes the HTTP calls of orchestrators.</summary>
/// <param name="clock">Measures the time-out.</param>
/// <param name="handler">Sends.</param>
internal sealed class HttpActivity(TimeProvider clock, HttpMessageHandler handler) : IDisposable
{
    /// <summary>Its name in histories.</summary>
    public const string Name = "BuiltIn::HttpActivity";

    /// <summary>The property of orchestrations that tells the pause before a Location is asked.</summary>
    public const string PauseProperty = "HttpDefaultAsyncRequestSleepTime";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(240);

    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The pause before a Location is asked, where neither the answer nor host.json says one.</summary>
    public static TimeSpan DefaultPause { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes a call.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or one that the request does not want.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="NotSupportedException">The content is multipart.</exception>
    public async Task<DurableHttpResponse> CallAsync(DurableHttpRequest request, CancellationToken cancellationToken)
    {
        var patience = request.Timeout ?? DefaultTimeout;
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = MessageOf(request);
            using var response = await _http.SendAsync(message, either.Token);
            if (request.HttpRetryOptions is { } options && IsFailure(options, response.StatusCode))
            {
                throw new HttpRequestException($"{request.Method} {request.Uri} was answered {(int)response.StatusCode}.", null, response.StatusCode);
            }

            return new DurableHttpResponse(response.StatusCode)
            {
                Headers = response.Headers.ToDictionary(header => header.Key, header => new StringValues([.. header.Value]), StringComparer.OrdinalIgnoreCase),
                Content = await response.Content.ReadAsStringAsync(either.Token),
            };
        }
        catch (OperationCanceledException cancelled) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Uri} was not answered within {patience}. DurableHttpRequest.Timeout gives it more time.", cancelled);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsFailure(HttpRetryOptions options, HttpStatusCode status) =>
        options.StatusCodesToRetry.Count == 0 ? (int)status >= 400 : options.StatusCodesToRetry.Contains(status);

    private static HttpRequestMessage MessageOf(DurableHttpRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri);
        var contentType = "text/plain";
        foreach (var (name, values) in request.Headers ?? new Dictionary<string, StringValues>())
        {
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.Add(name, values.ToArray());
            }
            else if (values.ToString().Contains("multipart", StringComparison.OrdinalIgnoreCase))
            {
                throw new NotSupportedException($"CallHttpAsync sends no content of type '{values}': multipart is not supported. Make that call in an activity of your own.");
            }
            else
            {
                contentType = values.ToString();
            }
        }

        if (request.Content is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Content));
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return message;
    }
}
