using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;

namespace EventFunctions.Catalog.Views;

/// <summary>A product.</summary>
/// <param name="ProductId">Its id, which its stock has as well.</param>
/// <param name="Sku">Its article number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is; may be empty.</param>
/// <param name="Category">Its shelf.</param>
/// <param name="Price">The price of one piece.</param>
/// <param name="Status">Whether it is sold.</param>
/// <param name="Version">The version of the product it shows.</param>
public sealed record ProductView(
    ProductId ProductId,
    Sku Sku,
    ProductName Name,
    ProductDescription Description,
    ProductCategory Category,
    Money Price,
    ProductStatus Status,
    long Version)
{
    /// <summary>The view of a product that exists.</summary>
    /// <exception cref="ArgumentException">There is no such product.</exception>
    public static ProductView Of(Product state, long version) =>
        state is { Id: { } id, Sku: { } sku, Name: { } name, Description: { } description, Shelf: { } shelf, Price: { } price }
            ? new ProductView(id, sku, name, description, shelf, price, state.Status, version)
            : throw new ArgumentException("A product that was never created cannot be shown.", nameof(state));
}

/// <summary>A product as it is stored to be found: with what it is sorted and found by.</summary>
/// <param name="Product">What is shown.</param>
/// <param name="SortName">Its name, folded; see <see cref="Fold"/>.</param>
/// <param name="SearchText">Name, article number and description, one a line, folded.</param>
public sealed record ProductEntry(ProductView Product, string SortName, string SearchText)
{
    /// <summary>The entry of a view.</summary>
    public static ProductEntry Of(ProductView product)
    {
        ArgumentNullException.ThrowIfNull(product);
        var name = Fold(product.Name.Value);
        return new ProductEntry(product, name, $"{name}\n{product.Sku}\n{Fold(product.Description.Value)}");
    }

    /// <summary>A text in the one case that texts are compared in, whatever the culture: stores only compare code units alike.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToUpperInvariant();
    }
}
