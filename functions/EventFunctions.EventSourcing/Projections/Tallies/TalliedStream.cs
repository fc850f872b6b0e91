using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing;

/// <summary>What a tally projection remembers of one stream.</summary>
/// <param name="State">The projection's own memory.</param>
/// <param name="Parts">What the stream contributes, by the partition of the tallies.</param>
internal sealed record TalliedStream<TState, TTally>(TState State, IReadOnlyDictionary<string, TalliedPart<TTally>> Parts)
    where TState : class
    where TTally : class, ITally<TTally>;

/// <summary>What a stream contributes to the tallies of one partition; stored beside them, it tells what they hold of the stream.</summary>
/// <param name="Cells">By the id of the tally. One that is contributed to no more stays, with nothing.</param>
internal sealed record TalliedPart<TTally>(IReadOnlyDictionary<string, TalliedCell<TTally>> Cells)
    where TTally : class, ITally<TTally>
{
    /// <summary>No contribution.</summary>
    public static TalliedPart<TTally> Empty { get; } = new(new Dictionary<string, TalliedCell<TTally>>());

    /// <summary>The version of the stream that the newest contribution is from; 0 where there is none.</summary>
    [JsonIgnore]
    public long Version => Cells.Count == 0 ? 0 : Cells.Values.Max(c => c.Version);
}

/// <summary>What a stream contributes to one tally.</summary>
/// <param name="Value">How much.</param>
/// <param name="Version">The version of the stream since which it is so.</param>
/// <param name="Since">The time of the event that contributed first, UTC.</param>
/// <param name="AsOf">The time of the event since which it is so, UTC.</param>
internal sealed record TalliedCell<TTally>(TTally Value, long Version, DateTimeOffset Since, DateTimeOffset AsOf)
    where TTally : class, ITally<TTally>;
