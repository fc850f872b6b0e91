using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>Sends a sandboxed service's notices to its customer, signed, and again until they are accepted (2xx).</summary>
/// <param name="header">The header with the signature.</param>
/// <param name="secret">Shared by the service and its customer.</param>
/// <param name="timeProvider">The clock of pauses and signatures.</param>
/// <param name="logger">Gets what is sent again.</param>
internal sealed partial class SignedWebhook(string header, string secret, TimeProvider timeProvider, ILogger<SignedWebhook> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // The notices about one thing go out one after the other; the limit is on things, so that a burst does not flood the customer.
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly TaskCompletionSource<Uri> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The signature of a body: <c>t=&lt;unix seconds&gt;,v1=&lt;hex HMAC-SHA256(secret, "{t}.{body}")&gt;</c>.</summary>
    /// <param name="secret">Shared by sender and receiver.</param>
    /// <param name="sentAt">The time that the receiver checks against replays.</param>
    /// <param name="body">The bytes that are sent.</param>
    public static string Sign(string secret, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        var time = sentAt.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }

    /// <summary>Tells where notices go; until then they wait.</summary>
    public void SendTo(Uri target) => _target.TrySetResult(target);

    /// <summary>Sends a notice until it is accepted.</summary>
    /// <param name="notice">Becomes the body.</param>
    /// <param name="status">What happened, for the log.</param>
    /// <param name="reference">To what, for the log.</param>
    /// <param name="stopping">Gives up.</param>
    public async Task DeliverAsync(object notice, string status, string reference, CancellationToken stopping)
    {
        var target = await _target.Task.WaitAsync(stopping);
        var body = JsonSerializer.SerializeToUtf8Bytes(notice, notice.GetType(), JsonSerializerOptions.Web);
        var pause = FirstPause;
        while (!await TrySendAsync(target, body, status, reference, stopping))
        {
            await Task.Delay(pause, timeProvider, stopping);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<bool> TrySendAsync(Uri target, byte[] body, string status, string reference, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(header, Sign(secret, timeProvider.GetUtcNow(), body));
        try
        {
            using var response = await _http.SendAsync(request, stopping);
            if (!response.IsSuccessStatusCode)
            {
                LogNotAccepted(status, reference, (int)response.StatusCode);
            }

            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException exception)
        {
            // The customer is away; the notice is due all the same.
            LogNotReached(exception, status, reference);
            return false;
        }
        catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
        {
            // The customer took longer than the client's time-out.
            LogNotReached(exception, status, reference);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The notice '{Status}' of {Reference} was answered {HttpStatus}; it is sent again.")]
    private partial void LogNotAccepted(string status, string reference, int httpStatus);

    [LoggerMessage(LogLevel.Information, "The notice '{Status}' of {Reference} reached nobody; it is sent again.")]
    private partial void LogNotReached(Exception exception, string status, string reference);
}
