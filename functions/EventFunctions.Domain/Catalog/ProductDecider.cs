using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Catalog.ProductEvent>;

namespace EventFunctions.Domain.Catalog;

/// <summary>
/// What a product answers to commands. A command whose wish already holds does nothing; a deleted product stays deleted, and
/// deleting what is deleted is no error.
/// </summary>
public static class ProductDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The product as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision; a product does not depend on it.</param>
    public static Decision<ProductEvent> Decide(Product state, ProductCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (state, command) switch
        {
            ({ Status: ProductStatus.Deleted }, DeleteProduct) => Accept(),
            ({ Status: ProductStatus.Deleted }, _) => Reject(ProductRejections.Deleted, "The product is deleted."),
            (_, CreateProduct { Price.IsZero: true } or UpdateProduct { Price.IsZero: true }) =>
                Reject(ProductRejections.PriceZero, "The price must be more than nothing."),
            ({ Id: null }, CreateProduct c) =>
                Accept(new ProductCreated(c.ProductId, c.Sku, c.Name, c.Description, c.Category, c.Price)),
            ({ Id: null }, _) => Reject(ProductRejections.NotFound, "There is no such product."),
            (_, CreateProduct c) => IsAsDescribed(state, c)
                ? Accept()
                : Reject(ProductRejections.AlreadyCreated, "The product exists and is described otherwise."),
            ({ Id: { } id }, UpdateProduct c) => state.Name == c.Name && state.Description == c.Description && state.Shelf == c.Category && state.Price == c.Price
                ? Accept()
                : Accept(new ProductUpdated(id, c.Name, c.Description, c.Category, c.Price)),
            ({ Id: { } id }, ActivateProduct) => state.Status == ProductStatus.Active ? Accept() : Accept(new ProductActivated(id)),
            ({ Id: { } id }, DeactivateProduct) => Deactivate(state.Status, id),
            ({ Id: { } id }, DeleteProduct) => state.Status == ProductStatus.Active
                ? Reject(ProductRejections.StillActive, "The product is sold; deactivate it first.")
                : Accept(new ProductDeleted(id)),
            _ => throw new UnreachableException($"Products have no command {command?.GetType()}."),
        };
    }

    private static bool IsAsDescribed(Product state, CreateProduct command) =>
        state.Id == command.ProductId && state.Sku == command.Sku && state.Name == command.Name
        && state.Description == command.Description && state.Shelf == command.Category && state.Price == command.Price;

    private static Decision<ProductEvent> Deactivate(ProductStatus status, ProductId id) => status switch
    {
        ProductStatus.Active => Accept(new ProductDeactivated(id)),
        ProductStatus.Inactive => Accept(),
        _ => Reject(ProductRejections.NeverActive, "The product is a draft and was never sold."),
    };
}
