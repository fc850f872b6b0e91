using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Catalog;

/// <summary>Something that happened to a product.</summary>
public abstract record ProductEvent : IDomainEvent
{
    private protected ProductEvent()
    {
    }

    /// <summary>The product.</summary>
    public abstract ProductId ProductId { get; init; }
}

/// <summary>A product is described. It is a draft and not sold yet.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Sku">Its article number, for good.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is; may be empty.</param>
/// <param name="Category">Its shelf.</param>
/// <param name="Price">The price of one piece.</param>
[EventType("product-created")]
[RaisedBy(typeof(CreateProduct))]
public sealed record ProductCreated(
    ProductId ProductId, Sku Sku, ProductName Name, ProductDescription Description, ProductCategory Category, Money Price) : ProductEvent;

/// <summary>A product is described anew; the event has the whole description, also what stays as it was.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is; may be empty.</param>
/// <param name="Category">Its shelf.</param>
/// <param name="Price">The price of one piece from now on.</param>
[EventType("product-updated")]
[RaisedBy(typeof(UpdateProduct))]
public sealed record ProductUpdated(
    ProductId ProductId, ProductName Name, ProductDescription Description, ProductCategory Category, Money Price) : ProductEvent;

/// <summary>A product is sold from now on.</summary>
/// <param name="ProductId">The product.</param>
[EventType("product-activated")]
[RaisedBy(typeof(ActivateProduct))]
public sealed record ProductActivated(ProductId ProductId) : ProductEvent;

/// <summary>A product is not sold for the time being.</summary>
/// <param name="ProductId">The product.</param>
[EventType("product-deactivated")]
[RaisedBy(typeof(DeactivateProduct))]
public sealed record ProductDeactivated(ProductId ProductId) : ProductEvent;

/// <summary>A product is given up. The last event of its stream.</summary>
/// <param name="ProductId">The product.</param>
[EventType("product-deleted")]
[RaisedBy(typeof(DeleteProduct))]
public sealed record ProductDeleted(ProductId ProductId) : ProductEvent;
