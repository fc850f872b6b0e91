using System.Net.Http.Headers;
using System.Text.Json;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Sends the carrier's notices, signed, and again until they are accepted (2xx).</summary>
internal sealed partial class CarrierWebhook(string secret, TimeProvider timeProvider, ILogger<CarrierWebhook> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // A parcel's notices go out one after the other; the limit is on parcels, so that a burst does not flood the customer.
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly TaskCompletionSource<Uri> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tells where notices go; until then they wait.</summary>
    public void SendTo(Uri target) => _target.TrySetResult(target);

    /// <summary>Sends a notice until it is accepted.</summary>
    /// <param name="notice">What happened.</param>
    /// <param name="stopping">Gives up.</param>
    public async Task DeliverAsync(CarrierNotice notice, CancellationToken stopping)
    {
        var target = await _target.Task.WaitAsync(stopping);
        var body = JsonSerializer.SerializeToUtf8Bytes(notice, JsonSerializerOptions.Web);
        var pause = FirstPause;
        while (!await TrySendAsync(target, body, notice, stopping))
        {
            await Task.Delay(pause, timeProvider, stopping);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<bool> TrySendAsync(Uri target, byte[] body, CarrierNotice notice, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add("X-Carrier-Signature", CarrierNotice.Sign(secret, timeProvider.GetUtcNow(), body));
        try
        {
            using var response = await _http.SendAsync(request, stopping);
            if (!response.IsSuccessStatusCode)
            {
                LogNotAccepted(notice.Status, notice.Reference, (int)response.StatusCode);
            }

            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException exception)
        {
            // The customer is away; the notice is due all the same.
            LogNotReached(exception, notice.Status, notice.Reference);
            return false;
        }
        catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
        {
            // The customer took longer than the client's time-out.
            LogNotReached(exception, notice.Status, notice.Reference);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The notice '{Status}' of {Reference} was answered {HttpStatus}; it is sent again.")]
    private partial void LogNotAccepted(string status, string reference, int httpStatus);

    [LoggerMessage(LogLevel.Information, "The notice '{Status}' of {Reference} reached nobody; it is sent again.")]
    private partial void LogNotReached(Exception exception, string status, string reference);
}
