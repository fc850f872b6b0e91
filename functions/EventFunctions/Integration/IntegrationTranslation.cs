using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;
using EventFunctions.Publishing;

namespace EventFunctions.Integration;

/// <summary>Has events translated by the translator of their context, and publishes what comes of it.</summary>
/// <param name="translators">One for each context that tells others anything.</param>
/// <param name="contracts">Names the contracts.</param>
/// <param name="serializer">Makes messages.</param>
/// <param name="publisher">Sends them.</param>
public sealed class IntegrationTranslation(
    IEnumerable<IIntegrationTranslator> translators, IntegrationContracts contracts, IntegrationSerializer serializer, IEventPublisher publisher)
{
    private readonly Dictionary<string, IIntegrationTranslator> _translators = translators.ToDictionary(t => t.Category, StringComparer.Ordinal);

    /// <summary>What others are told of an event. Pure.</summary>
    public IReadOnlyList<IntegrationEnvelope> Translate(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return _translators.TryGetValue(envelope.Stream.Category, out var translator)
            ? [.. translator.Translate(envelope.Data).Select(data => Envelop(data, envelope))]
            : [];
    }

    /// <summary>
    /// Publishes what others are told of an event. Publishing it again sends the same ids: the topic drops those it has seen, and
    /// consumers know the rest.
    /// </summary>
    /// <exception cref="InvalidOperationException">A contract is too large for the topic: it is one without a bound.</exception>
    public async Task PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var messages = Translate(envelope).Select(serializer.ToMessage).ToList();
        if (messages.Count > 0 && await publisher.PublishAsync(EventTopics.Integration, messages, cancellationToken) is [var oversized, ..])
        {
            throw new InvalidOperationException(
                $"'{oversized.Message.Subject}' of event {envelope.EventId} is larger than the {oversized.MaxSizeInBytes} bytes that "
                + $"'{EventTopics.Integration}' takes. Bound the contract, or raise the topic's limit in infra/messaging.json.");
        }
    }

    private IntegrationEnvelope Envelop(IntegrationEvent data, EventEnvelope envelope)
    {
        var (stream, metadata) = (envelope.Stream, envelope.Metadata);
        var tenant = stream.Tenant ?? metadata.Tenant;
        return new IntegrationEnvelope(
            NameBasedGuid.Create(envelope.EventId, contracts.Of(data).Type),
            stream.Tenant is { } owner ? $"/{owner}/{stream.Category}" : $"/{stream.Category}",
            stream.Id,
            envelope.Version,
            envelope.Time,
            data,
            new IntegrationTrace(stream.Value, metadata.CorrelationId, envelope.EventId.ToString(), tenant, metadata.TraceParent));
    }
}
