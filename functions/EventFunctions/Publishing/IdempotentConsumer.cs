using EventFunctions.EventSourcing;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing;

/// <summary>
/// Runs a handler that has no version to compare once for each event, as far as that can be had: see <see cref="IInbox"/>.
/// </summary>
/// <param name="inbox">Remembers.</param>
/// <param name="logger">Gets what is repeated, and claims that were lost.</param>
public sealed class IdempotentConsumer(IInbox inbox, ILogger<IdempotentConsumer> logger)
{
    /// <summary>Handles the event, unless that was done before.</summary>
    /// <param name="handler">The handler's stable name: that of its function.</param>
    /// <param name="envelope">The event; its id is the same in every delivery.</param>
    /// <param name="effect">Takes effect. If it stops before it returns, it is run again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the handler ran.</returns>
    /// <exception cref="EventInHandException">Another delivery of the event is in hand; this one is to come again.</exception>
    public Task<bool> HandleAsync(
        string handler, EventEnvelope envelope, Func<CancellationToken, Task> effect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return HandleAsync(handler, envelope.EventId.ToString(), effect, cancellationToken);
    }

    /// <summary>Handles what a message asks for, unless that was done before.</summary>
    /// <param name="handler">The handler's stable name: that of its function.</param>
    /// <param name="messageId">Names what is asked for; the same however often it is asked.</param>
    /// <param name="effect">Takes effect. If it stops before it returns, it is run again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the handler ran.</returns>
    /// <exception cref="EventInHandException">Another delivery is in hand; this one is to come again.</exception>
    public async Task<bool> HandleAsync(
        string handler, string messageId, Func<CancellationToken, Task> effect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var key = new InboxKey(handler, messageId);
        switch (await inbox.ClaimAsync(key, cancellationToken))
        {
            case InboxClaim.Done:
                logger.LogDebug("Event {Key} came again and is handled already.", key);
                return false;
            case InboxClaim.InHand held:
                throw new EventInHandException(key, held.Until);
            case InboxClaim.Taken claim:
                await RunAsync(key, claim, effect, cancellationToken);
                return true;
            case var other:
                throw new InvalidOperationException($"A claim is taken, in hand or done, not '{other}'.");
        }
    }

    private async Task RunAsync(InboxKey key, InboxClaim.Taken claim, Func<CancellationToken, Task> effect, CancellationToken cancellationToken)
    {
        try
        {
            await effect(cancellationToken);
        }
        catch
        {
            await GiveBackAsync(key, claim);
            throw;
        }

        if (!await inbox.CompleteAsync(key, claim, cancellationToken))
        {
            logger.LogWarning("Event {Key} took longer than its lease, until {Until}, and may be handled twice.", key, claim.Until);
        }
    }

    /// <summary>Also when the host stops: the delivery comes back at once. The failure of the handler counts, not one of this.</summary>
    private async Task GiveBackAsync(InboxKey key, InboxClaim.Taken claim)
    {
        try
        {
            await inbox.ReleaseAsync(key, claim, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogWarning(exception, "Event {Key} was not handled and could not be given back; its lease ends at {Until}.", key, claim.Until);
        }
    }
}

/// <summary>Another delivery of an event is in hand, and it is not known yet how that ends.</summary>
/// <param name="key">The handler and the event.</param>
/// <param name="until">When the other's lease is over, UTC.</param>
public sealed class EventInHandException(InboxKey key, DateTimeOffset until)
    : Exception($"Another delivery of '{key}' is in hand until {until:O}. This one comes again.");
