using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Catalog;

/// <summary>What is true of every event of a product.</summary>
public sealed class ProductEventRules : IEventRules<ProductEvent>
{
    /// <summary>A price is more than nothing.</summary>
    public const string Price = "product-price";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(ProductEvent @event) => Broken(@event).OfType<EventProblem>();

    private static EventProblem?[] Broken(ProductEvent @event) => @event switch
    {
        ProductCreated e => [Rule.Positive(Price, e.Price)],
        ProductUpdated e => [Rule.Positive(Price, e.Price)],
        _ => [],
    };
}
