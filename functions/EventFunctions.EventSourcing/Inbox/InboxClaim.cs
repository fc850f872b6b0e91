namespace EventFunctions.EventSourcing;

/// <summary>What became of a claim.</summary>
public abstract record InboxClaim
{
    private InboxClaim()
    {
    }

    /// <summary>The message is the caller's to handle, until the lease is over.</summary>
    /// <param name="Token">Identifies the claim; opaque.</param>
    /// <param name="Until">When another may take the message over, UTC.</param>
    public sealed record Taken(string Token, DateTimeOffset Until) : InboxClaim;

    /// <summary>Another delivery of the message is in hand. Try again later: it may yet fail.</summary>
    /// <param name="Until">When its lease is over, UTC.</param>
    public sealed record InHand(DateTimeOffset Until) : InboxClaim;

    /// <summary>The message is handled; nothing is left to do.</summary>
    public sealed record Done : InboxClaim;
}
