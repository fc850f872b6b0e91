using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using FluentValidation;

namespace EventFunctions.Catalog.Api;

/// <summary>The body of a new product. Everything may be missing until it is validated.</summary>
/// <param name="ProductId">The id it shall have.</param>
/// <param name="Sku">Its article number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is; nothing is said where it is missing.</param>
/// <param name="Category">Its shelf, as a slug.</param>
/// <param name="Price">The price of one piece.</param>
public sealed record CreateProductRequest(
    string? ProductId, string? Sku, string? Name, string? Description, string? Category, PriceRequest? Price)
{
    /// <summary>The command that a valid body asks for.</summary>
    /// <exception cref="ArgumentException">The body is not valid.</exception>
    public CreateProduct ToCommand() => new(
        new ProductId(ProductId!),
        new Sku(Sku!),
        new ProductName(Name!),
        new ProductDescription(Description ?? string.Empty),
        new ProductCategory(Category!),
        Price!.ToMoney());
}

/// <summary>The body of a product described anew. Everything may be missing until it is validated.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is; nothing is said where it is missing.</param>
/// <param name="Category">Its shelf, as a slug.</param>
/// <param name="Price">The price of one piece from now on.</param>
public sealed record UpdateProductRequest(string? Name, string? Description, string? Category, PriceRequest? Price)
{
    /// <summary>The command that a valid body asks for.</summary>
    /// <exception cref="ArgumentException">The body is not valid.</exception>
    public UpdateProduct ToCommand() => new(
        new ProductName(Name!), new ProductDescription(Description ?? string.Empty), new ProductCategory(Category!), Price!.ToMoney());
}

/// <summary>A price as it comes in.</summary>
/// <param name="Amount">In units of the currency; more than 0.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record PriceRequest(decimal? Amount, string? Currency)
{
    /// <summary>The price.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public Money ToMoney() => new(Amount!.Value, new Currency(Currency!));
}

/// <summary>Finds everything wrong with a new product's body at once.</summary>
public sealed class CreateProductValidator : AbstractValidator<CreateProductRequest>
{
    /// <summary>Declares the rules.</summary>
    public CreateProductValidator()
    {
        RuleFor(r => r.ProductId).Must(id => ProductId.TryCreate(id, out _))
            .WithMessage($"Must have 1 to {ProductId.MaxLength} letters, digits, '-' or '_'.");
        RuleFor(r => r.Sku).Must(sku => Sku.TryCreate(sku, out _))
            .WithMessage($"Must have 1 to {Sku.MaxLength} upper-case letters, digits, '-', '.' or '_' and begin with a letter or digit.");
        RuleFor(r => r.Name).IsProductName();
        RuleFor(r => r.Description).IsProductDescription();
        RuleFor(r => r.Category).IsProductCategory();
        RuleFor(r => r.Price).NotNull().WithMessage("Is required.");
        RuleFor(r => r.Price!).SetValidator(new PriceValidator()).When(r => r.Price is not null);
    }
}

/// <summary>Finds everything wrong with the body of a product described anew.</summary>
public sealed class UpdateProductValidator : AbstractValidator<UpdateProductRequest>
{
    /// <summary>Declares the rules.</summary>
    public UpdateProductValidator()
    {
        RuleFor(r => r.Name).IsProductName();
        RuleFor(r => r.Description).IsProductDescription();
        RuleFor(r => r.Category).IsProductCategory();
        RuleFor(r => r.Price).NotNull().WithMessage("Is required.");
        RuleFor(r => r.Price!).SetValidator(new PriceValidator()).When(r => r.Price is not null);
    }
}
