namespace EventFunctions.EventSourcing;

/// <summary>Remembers which messages a handler has had, for handlers that have no version to compare.</summary>
/// <remarks>
/// It makes of a message that is delivered at least once one that is mostly handled once: while one delivery is in hand the others
/// wait, and after it is done they are refused, as long as the inbox remembers. It can't do more. A handler that takes effect and
/// then stops before <see cref="CompleteAsync"/> is run again when its lease is over, so an effect on the outside world still
/// needs an idempotency key of its own; the message's id serves. Every member fails with <see cref="StoreUnavailableException"/>
/// when the store cannot be reached or is overloaded.
/// </remarks>
public interface IInbox
{
    /// <summary>Claims a message for a handler. Of several that claim at once, one gets it.</summary>
    Task<InboxClaim> ClaimAsync(InboxKey key, CancellationToken cancellationToken = default);

    /// <summary>Records that the message is handled, and remembers it for <see cref="InboxOptions.TimeToLive"/> from now.</summary>
    /// <returns>
    /// Whether the claim was still held. Where its lease was over and another took the message over, nothing is recorded: the
    /// message is handled twice, and the other will record it.
    /// </returns>
    Task<bool> CompleteAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default);

    /// <summary>Gives a message back that could not be handled, so that the next delivery need not wait for the lease to end.</summary>
    /// <returns>Whether the claim was still held.</returns>
    Task<bool> ReleaseAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default);
}
