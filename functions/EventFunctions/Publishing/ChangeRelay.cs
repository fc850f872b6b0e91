using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing;

/// <summary>Publishes a batch of the change feed: everything that can be published, in order; the rest is parked.</summary>
/// <param name="mapper">Tells what becomes of a document.</param>
/// <param name="publisher">Sends.</param>
/// <param name="parkedEvents">Keeps what cannot be sent.</param>
/// <param name="telemetry">Gets what is published, parked and fails.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets every parked event as an error: somebody has to look.</param>
public sealed class ChangeRelay(
    EventMessageMapper mapper,
    IEventPublisher publisher,
    IParkedEvents parkedEvents,
    RelayTelemetry telemetry,
    TimeProvider timeProvider,
    ILogger<ChangeRelay> logger)
{
    /// <summary>The code of an event whose message no topic takes.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Relays the documents; when it returns, each is published or parked.</summary>
    /// <remarks>An exception leaves the whole batch to be tried again; the broker drops what it has seen by message id.</remarks>
    public async Task RelayAsync(IReadOnlyList<JsonElement> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        try
        {
            await RelayAllAsync(documents, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            telemetry.Failed(exception);
            throw;
        }
    }

    private async Task RelayAllAsync(IReadOnlyList<JsonElement> documents, CancellationToken cancellationToken)
    {
        var relayed = documents.Select(mapper.Map).ToList();
        foreach (var bad in relayed.OfType<RelayedDocument.Unpublishable>())
        {
            await ParkAsync(bad.Source, bad.Code, bad.Reason, cancellationToken);
        }

        // Order matters within a stream only, and a stream has one topic: the topics need not wait for each other.
        await Task.WhenAll(relayed.OfType<RelayedDocument.Publishable>()
            .GroupBy(p => p.Topic, StringComparer.Ordinal)
            .Select(topic => PublishAsync(topic.Key, [.. topic], cancellationToken)));
    }

    private async Task PublishAsync(string topic, IReadOnlyList<RelayedDocument.Publishable> events, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetUtcNow();
        var oversized = await publisher.PublishAsync(topic, [.. events.Select(e => e.Message)], cancellationToken);
        var left = oversized.Select(o => o.Message).ToHashSet<ServiceBusMessage>(ReferenceEqualityComparer.Instance);
        telemetry.Published(topic, events.Where(e => !left.Contains(e.Message)).Select(e => e.Event), began, timeProvider.GetUtcNow());
        foreach (var tooLarge in oversized)
        {
            var source = events.First(e => ReferenceEquals(e.Message, tooLarge.Message)).Source;
            var reason = $"The message is larger than the {tooLarge.MaxSizeInBytes} bytes that topic '{topic}' takes.";
            await ParkAsync(source, TooLarge, reason, cancellationToken);
        }
    }

    private async Task ParkAsync(DocumentReference source, string code, string reason, CancellationToken cancellationToken)
    {
        await parkedEvents.ParkAsync(new ParkedEvent(source, code, reason, timeProvider.GetUtcNow()), cancellationToken);
        telemetry.Parked(code);
        logger.LogError("Event {Id} of {Stream} is parked, not published ({Code}): {Reason}", source.Id, source.Stream, code, reason);
    }
}
