using EventFunctions.Http;

namespace EventFunctions.Enrichment;

/// <summary>
/// Sends the correlation id with every call of an outside service, so that its support can be asked about it. The trace context
/// is added by the client itself, from the current activity.
/// </summary>
public sealed class CorrelationHeaderHandler : DelegatingHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (EventActivities.CurrentCorrelationId is { } correlationId && !request.Headers.Contains(RequestMetadata.CorrelationHeader))
        {
            request.Headers.TryAddWithoutValidation(RequestMetadata.CorrelationHeader, correlationId);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
