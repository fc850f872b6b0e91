using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Projections;

/// <summary>Applies the event in a message to a projection. What a projection cannot take stalls the stream and is seen by operators.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="projections">Apply.</param>
/// <param name="stalled">Gets the streams whose messages cannot be read.</param>
/// <param name="metrics">Counts the stalls.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets every stall as an error: somebody has to look.</param>
public sealed class ProjectionSubscription(
    EventSubscription subscription,
    LiveProjections projections,
    IStalledStreams stalled,
    ProjectionMetrics metrics,
    TimeProvider timeProvider,
    ILogger<ProjectionSubscription> logger)
{
    /// <summary>Applies the event, and settles the message as <see cref="EventSubscription"/> does.</summary>
    /// <param name="message">The message.</param>
    /// <param name="actions">Settle it.</param>
    /// <param name="projection">The projection's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task HandleAsync(
        ServiceBusReceivedMessage message, ServiceBusMessageActions actions, string projection, CancellationToken cancellationToken) =>
        subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => ApplyAsync(projection, envelope, token),
            (cause, token) => StallAsync(projection, message, cause, token),
            cancellationToken);

    private async Task ApplyAsync(string projection, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if (await projections.HandleAsync(projection, envelope, cancellationToken) == ProjectionOutcome.Stalled)
        {
            TellStall(projection, envelope.Stream, envelope.Version);
        }
    }

    /// <summary>The message is dead-lettered then; its properties tell which event of which stream the projection waits for.</summary>
    private async Task StallAsync(string projection, ServiceBusReceivedMessage message, Exception cause, CancellationToken cancellationToken)
    {
        if (!StreamName.TryParse(message.SessionId, out var stream)
            || !message.ApplicationProperties.TryGetValue(EventMessageMapper.StreamVersionProperty, out var value)
            || value is not long version)
        {
            return;
        }

        var at = new StalledEvent(version, message.Subject, Guid.TryParse(message.MessageId, out var id) ? id : null);
        await stalled.RecordAsync(
            StalledStream.Of(projection, new PoisonEventException(stream, at, cause), version, timeProvider.GetUtcNow()), cancellationToken);
        TellStall(projection, stream, version);
    }

    private void TellStall(string projection, StreamName stream, long version)
    {
        metrics.Stalled(projection);
        logger.LogError(
            "The projection {Projection} cannot go on with {Stream}; event {Version} waits. See GET /api/admin/projections/{Projection}/stalled.",
            projection,
            stream,
            version,
            projection);
    }
}
