namespace EventFunctions.Domain.Catalog;

/// <summary>What can be asked of a product. Which product is said by the stream that the command is sent to.</summary>
public abstract record ProductCommand
{
    private protected ProductCommand()
    {
    }
}

/// <summary>Describe a new product.</summary>
/// <param name="ProductId">The new product; its stock has the same id.</param>
/// <param name="Sku">Its article number, for good.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is.</param>
/// <param name="Category">Its shelf.</param>
/// <param name="Price">The price of one piece; more than nothing.</param>
public sealed record CreateProduct(
    ProductId ProductId, Sku Sku, ProductName Name, ProductDescription Description, ProductCategory Category, Money Price) : ProductCommand;

/// <summary>Describe the product anew.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is.</param>
/// <param name="Category">Its shelf.</param>
/// <param name="Price">The price of one piece; more than nothing.</param>
public sealed record UpdateProduct(ProductName Name, ProductDescription Description, ProductCategory Category, Money Price) : ProductCommand;

/// <summary>Sell the product (again).</summary>
public sealed record ActivateProduct : ProductCommand;

/// <summary>Sell the product no longer, for the time being.</summary>
public sealed record DeactivateProduct : ProductCommand;

/// <summary>Give the product up.</summary>
public sealed record DeleteProduct : ProductCommand;
