using System.Diagnostics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Catalog;

/// <summary>A product as the shop describes and sells it. Everything is set from the first event on.</summary>
public sealed record Product : IAggregate<Product, ProductEvent>
{
    /// <inheritdoc/>
    public static string Category => "catalog";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static Product Initial { get; } = new();

    /// <summary>Its id, which its stock has as well.</summary>
    public ProductId? Id { get; init; }

    /// <summary>Its article number.</summary>
    public Sku? Sku { get; init; }

    /// <summary>What it is called.</summary>
    public ProductName? Name { get; init; }

    /// <summary>What it is.</summary>
    public ProductDescription? Description { get; init; }

    /// <summary>Its shelf.</summary>
    public ProductCategory? Shelf { get; init; }

    /// <summary>The price of one piece; more than nothing.</summary>
    public Money? Price { get; init; }

    /// <summary>Whether it is sold.</summary>
    public ProductStatus Status { get; init; }

    /// <summary>The stream of a product.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(ProductId productId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(productId);
        return new StreamName(Category, productId.Value, tenant);
    }

    /// <inheritdoc/>
    public Product Apply(ProductEvent @event) => @event switch
    {
        ProductCreated e => this with
        {
            Id = e.ProductId,
            Sku = e.Sku,
            Name = e.Name,
            Description = e.Description,
            Shelf = e.Category,
            Price = e.Price,
            Status = ProductStatus.Draft,
        },
        ProductUpdated e => this with { Name = e.Name, Description = e.Description, Shelf = e.Category, Price = e.Price },
        ProductActivated => this with { Status = ProductStatus.Active },
        ProductDeactivated => this with { Status = ProductStatus.Inactive },
        ProductDeleted => this with { Status = ProductStatus.Deleted },
        _ => throw new UnreachableException($"Products have no event {@event.GetType()}."),
    };
}
