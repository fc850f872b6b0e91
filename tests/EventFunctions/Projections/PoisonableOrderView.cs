using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Views;

namespace EventFunctions.Tests.Projections;

/// <summary>The projection of orders with a fault that a test puts in and mends.</summary>
internal sealed class PoisonableOrderView : IProjection<OrderView>
{
    private readonly OrderViewProjection _sound = new();

    public Func<EventEnvelope, bool> IsPoison { get; set; } = _ => false;

    public string Name => _sound.Name;

    public ViewKey KeyOf(EventEnvelope envelope) => _sound.KeyOf(envelope);

    public OrderView Apply(OrderView? view, EventEnvelope envelope) =>
        IsPoison(envelope) ? throw new InvalidOperationException("No rule for this event.") : _sound.Apply(view, envelope);
}
