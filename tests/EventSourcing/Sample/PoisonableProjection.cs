namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>The wallet's projection with a fault that a test puts in and mends.</summary>
public sealed class PoisonableProjection : IProjection<WalletView>
{
    private readonly WalletProjection _sound = new();

    /// <summary>Which events it cannot apply.</summary>
    public Func<EventEnvelope, bool> IsPoison { get; set; } = _ => false;

    public string Name => _sound.Name;

    public ViewKey KeyOf(EventEnvelope envelope) => _sound.KeyOf(envelope);

    public WalletView Apply(WalletView? view, EventEnvelope envelope) =>
        IsPoison(envelope) ? throw new InvalidOperationException($"No rule for event {envelope.Version}.") : _sound.Apply(view, envelope);
}
