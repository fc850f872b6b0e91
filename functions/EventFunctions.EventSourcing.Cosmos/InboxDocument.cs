using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A message that a handler has, or has had, as an item.</summary>
/// <param name="Id">The key, which is the partition key too.</param>
/// <param name="State"><see cref="Claimed"/> or <see cref="Done"/>.</param>
/// <param name="Claim">Which claim wrote the item: a claim whose answer was lost, and which was sent again, finds itself.</param>
/// <param name="Until">When the claim's lease is over; for a handled message, when it was handled.</param>
/// <param name="TimeToLive">In seconds from the item's last write; the store removes it then.</param>
internal sealed record InboxDocument(
    string Id, string State, Guid Claim, DateTimeOffset Until, [property: JsonPropertyName("ttl")] int TimeToLive)
{
    /// <summary>A delivery is in hand.</summary>
    public const string Claimed = "claimed";

    /// <summary>The message is handled.</summary>
    public const string Done = "done";
}
