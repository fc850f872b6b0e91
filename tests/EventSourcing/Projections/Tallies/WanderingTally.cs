using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Projections.Tallies;

/// <summary>How many wallets there are in a place and what they hold.</summary>
public sealed record WalletTally(int Wallets, long Balance) : ITally<WalletTally>
{
    public static WalletTally Zero { get; } = new(0, 0);

    public WalletTally Plus(WalletTally other) => new(Wallets + other.Wallets, Balance + other.Balance);

    public WalletTally Minus(WalletTally other) => new(Wallets - other.Wallets, Balance - other.Balance);
}

/// <summary>Every event takes the wallet to other tallies, in two partitions, and some events take it out of all of them.</summary>
public sealed class WanderingTally : ITallyProjection<WalletView, WalletTally>
{
    private readonly WalletProjection _wallet = new();

    public string Name => "wandering";

    public static ViewKey Everything { get; } = new("all", "everything");

    public WalletView Apply(WalletView? state, EventEnvelope envelope) => _wallet.Apply(state, envelope) with { Versions = [envelope.Version] };

    public IReadOnlyDictionary<ViewKey, WalletTally> ContributionsOf(WalletView state)
    {
        var tally = new WalletTally(1, state.Balance);
        var version = state.Versions[^1];
        return version % 4 == 0
            ? new Dictionary<ViewKey, WalletTally>()
            : new Dictionary<ViewKey, WalletTally>
            {
                [Everything] = tally,
                [new ViewKey("all", $"by-three-{version % 3}")] = tally,
                [new ViewKey($"half-{version % 2}", "here")] = tally,
            };
    }
}
