using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Views;

namespace EventFunctions.EndToEnd.Tests.Operators;

/// <summary>The projection of orders with a fault in it: until it is mended, it cannot show that one customer's order was paid.</summary>
internal sealed class PoisonedOrders(string customerId) : IProjection<OrderView>
{
    private readonly OrderViewProjection _sound = new();
    private volatile bool _isMended;

    public string Name => _sound.Name;

    public void Mend() => _isMended = true;

    public ViewKey KeyOf(EventEnvelope envelope) => _sound.KeyOf(envelope);

    public OrderView Apply(OrderView? view, EventEnvelope envelope) =>
        !_isMended && envelope.Data is OrderPaid paid && paid.CustomerId.ToString() == customerId
            ? throw new InvalidOperationException("There is no rule for this payment.")
            : _sound.Apply(view, envelope);
}
