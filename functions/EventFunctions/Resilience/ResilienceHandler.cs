using Polly;

namespace EventFunctions.Resilience;

/// <summary>Sends every request of a client through a pipeline.</summary>
/// <param name="pipeline">Shared by all handlers of one service.</param>
public sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content is not null)
        {
            // Every attempt sends the same bytes, so the content must outlive the first.
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        return await pipeline.ExecuteAsync(async token => await ReceiveAsync(await base.SendAsync(request, token), token), cancellationToken);
    }

    /// <summary>The answer with its body: one that stops after the headers is no answer, and its attempt has to end as well.</summary>
    private static async Task<HttpResponseMessage> ReceiveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
