namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>Shows the order in which it was fed.</summary>
public sealed record WalletView(string WalletId, int Balance, IReadOnlyList<long> Versions)
{
    public bool Equals(WalletView? other) =>
        other is not null && WalletId == other.WalletId && Balance == other.Balance && Versions.SequenceEqual(other.Versions);

    public override int GetHashCode() => HashCode.Combine(WalletId, Balance, Versions.Count);
}

public sealed class WalletProjection : IProjection<WalletView>
{
    public string Name => "wallet";

    public ViewKey KeyOf(EventEnvelope envelope) => new("wallets", envelope.Stream.Id);

    public WalletView Apply(WalletView? view, EventEnvelope envelope)
    {
        var current = view ?? new WalletView(envelope.Stream.Id, 0, []);
        var change = envelope.Data switch
        {
            WalletEvent.Added added => added.Amount,
            WalletEvent.Taken taken => -taken.Amount,
            _ => 0,
        };
        return current with { Balance = current.Balance + change, Versions = [.. current.Versions, envelope.Version] };
    }
}
