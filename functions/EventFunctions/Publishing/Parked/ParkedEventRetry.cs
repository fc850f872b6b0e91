using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.Publishing.Parked;

/// <summary>Publishes parked events after their cause is mended, in the order of their stream and under the message ids they always had.</summary>
/// <param name="parked">Forgets what is published.</param>
/// <param name="list">Knows what is parked.</param>
/// <param name="documents">Has the events.</param>
/// <param name="mapper">Makes the messages.</param>
/// <param name="publisher">Sends them.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ParkedEventRetry(
    IParkedEvents parked,
    IParkedEventList list,
    IStoredDocuments documents,
    EventMessageMapper mapper,
    IEventPublisher publisher,
    TimeProvider timeProvider)
{
    /// <summary>The code of an event that the store does not have.</summary>
    public const string Missing = "missing";

    /// <summary>Publishes an event, after those of its stream that were parked before it.</summary>
    /// <remarks>
    /// An event is forgotten when it was sent. Where that is not known any more, a repetition sends it once again, and the broker
    /// drops what it has seen by message id.
    /// </remarks>
    public async Task<ParkedRetryResult> RetryAsync(DocumentReference source, CancellationToken cancellationToken)
    {
        switch (await list.FindAsync(source, cancellationToken))
        {
            case null:
                return new ParkedRetryResult.NotParked();
            case { Discarded: { } discarded }:
                return new ParkedRetryResult.Discarded(discarded);
        }

        var published = 0;
        foreach (var waiting in await list.UpToAsync(source, cancellationToken))
        {
            if (await PublishAsync(waiting.Source, cancellationToken) is { } failure)
            {
                await parked.ParkAsync(failure, cancellationToken);
                return new ParkedRetryResult.StillParked(failure, published);
            }

            await parked.RemoveAsync(waiting.Source, cancellationToken);
            published++;
        }

        return new ParkedRetryResult.Published(published);
    }

    /// <summary>Sends one event.</summary>
    /// <returns>Why it still cannot be sent, or <see langword="null"/> when it was.</returns>
    private async Task<ParkedEvent?> PublishAsync(DocumentReference source, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(source, cancellationToken) is not { } document)
        {
            return Failure(Missing, $"The store has no document '{source.Id}' of '{source.Stream}'.");
        }

        return mapper.Map(document) switch
        {
            RelayedDocument.Publishable publishable => await SendAsync(publishable, cancellationToken),
            RelayedDocument.Unpublishable bad => Failure(bad.Code, bad.Reason),
            _ => Failure("not-an-event", $"Document '{source.Id}' of '{source.Stream}' is no event: {KindOf(document)}."),
        };

        async Task<ParkedEvent?> SendAsync(RelayedDocument.Publishable publishable, CancellationToken token) =>
            await publisher.PublishAsync(publishable.Topic, [publishable.Message], token) is [var tooLarge, ..]
                ? Failure(
                    ChangeRelay.TooLarge,
                    $"The message is larger than the {tooLarge.MaxSizeInBytes} bytes that topic '{publishable.Topic}' takes.")
                : null;

        ParkedEvent Failure(string code, string reason) => new(source, code, reason, timeProvider.GetUtcNow());
    }

    private static string KindOf(JsonElement document) => document.TryGetProperty("kind", out var kind) ? $"its kind is {kind}" : "it has no kind";
}
