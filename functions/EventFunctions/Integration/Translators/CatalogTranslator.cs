using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Tells others what is sold, under which name and for how much. Whether a product may come back is not told.</summary>
public sealed class CatalogTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => Product.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        ProductCreated e => [new ShopProductDescribed(e.ProductId.Value, e.Name.Value, e.Category.Value, e.Price.ToContract())],
        ProductUpdated e => [new ShopProductDescribed(e.ProductId.Value, e.Name.Value, e.Category.Value, e.Price.ToContract())],
        ProductActivated e => [new ShopProductOffered(e.ProductId.Value)],
        ProductDeactivated e => [new ShopProductWithdrawn(e.ProductId.Value)],
        ProductDeleted e => [new ShopProductWithdrawn(e.ProductId.Value)],
        _ => [],
    };
}
