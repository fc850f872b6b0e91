using System.Net;

namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>
/// A client's patience: a call goes out again until it is answered, wherever the server is then. Each has one Idempotency-Key for all
/// its tries, so a try whose answer was lost is no second call.
/// </summary>
/// <param name="address">Where the server is now; completes once it is up.</param>
internal sealed class PersistentCalls(Func<CancellationToken, Task<Uri>> address) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : $"{Guid.NewGuid()}";
        while (true)
        {
            if (await TrySendAsync(request, body, key, cancellationToken) is { } response)
            {
                return response;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage?> TrySendAsync(HttpRequestMessage original, byte[]? body, string key, CancellationToken cancellationToken)
    {
        var server = await address(cancellationToken);
        using var request = new HttpRequestMessage(original.Method, new Uri(server, original.RequestUri!.PathAndQuery));
        foreach (var (name, values) in original.Headers.Where(header => header.Key != "Idempotency-Key"))
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        if (original.Method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = original.Content!.Headers.ContentType;
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode < HttpStatusCode.InternalServerError)
            {
                // A body that breaks off must not reach the caller either.
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }

            response.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // The server went away under the call.
            return null;
        }
    }
}
