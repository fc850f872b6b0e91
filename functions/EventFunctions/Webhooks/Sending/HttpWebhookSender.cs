using System.Net.Http.Headers;
using System.Text;
using EventFunctions.Webhooks.Secrets;

namespace EventFunctions.Webhooks.Sending;

/// <summary>Posts over HTTP. One attempt: those that follow are a day's business and scheduled, and a webhook that only fails is disabled.</summary>
/// <param name="client">Connects to public addresses alone and follows no redirect.</param>
/// <param name="secrets">Opens what is signed with.</param>
/// <param name="timeout">How long connection, post and answer may take together.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class HttpWebhookSender(HttpClient client, IWebhookSecrets secrets, TimeSpan timeout, TimeProvider timeProvider) : IWebhookSender
{
    /// <inheritdoc/>
    public async Task<WebhookAnswer> SendAsync(
        Webhook webhook, string id, string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var (at, began) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
        using var request = Request(webhook, id, contentType, body, at);
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await BeginningAsync(response.Content, either.Token);
            return new WebhookAnswer(at, timeProvider.GetElapsedTime(began), (int)response.StatusCode, answer);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed($"No answer within {timeout.TotalSeconds:0.###} s.");
        }
        catch (HttpRequestException exception)
        {
            return Failed(exception.InnerException is ForbiddenAddressException forbidden ? forbidden.Message : exception.Message);
        }
        catch (IOException exception)
        {
            return Failed($"The answer broke off: {exception.Message}");
        }

        WebhookAnswer Failed(string error) => new(at, timeProvider.GetElapsedTime(began), Error: error);
    }

    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[WebhookAnswer.MaxBodyBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private HttpRequestMessage Request(Webhook webhook, string id, string contentType, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        List<byte[]> keys = [secrets.Open(webhook.Id, webhook.Secret)];
        if (webhook.PreviousSecret is { } previous && previous.Until > now)
        {
            keys.Add(secrets.Open(webhook.Id, previous.Secret));
        }

        var timestamp = WebhookSignature.TextOf(now);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("EventFunctions-Webhooks", "1.0"));
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(keys, id, timestamp, body.Span));
        return request;
    }
}
