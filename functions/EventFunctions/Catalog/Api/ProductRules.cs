using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using FluentValidation;

namespace EventFunctions.Catalog.Api;

/// <summary>The rules that bodies of products have in common; they are those of the values.</summary>
internal static class ProductRules
{
    public static IRuleBuilderOptions<T, string?> IsProductName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => ProductName.TryCreate(name, out _)).WithMessage($"Must have 1 to {ProductName.MaxLength} characters on one line.");

    public static IRuleBuilderOptions<T, string?> IsProductDescription<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || ProductDescription.TryCreate(text, out _))
            .WithMessage($"Must have at most {ProductDescription.MaxLength} characters, no control characters but line feeds and tabs among them.");

    public static IRuleBuilderOptions<T, string?> IsProductCategory<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(slug => ProductCategory.TryCreate(slug, out _))
            .WithMessage($"Must have 1 to {ProductCategory.MaxLength} lower-case letters and digits, words joined by hyphens.");
}

/// <summary>Finds everything wrong with a price.</summary>
public sealed class PriceValidator : AbstractValidator<PriceRequest>
{
    /// <summary>Declares the rules.</summary>
    public PriceValidator()
    {
        RuleFor(p => p.Currency).Must(code => Currency.TryCreate(code, out _)).WithMessage("Must be a known ISO 4217 code, e.g. EUR.");
        RuleFor(p => p.Amount).Must(amount => amount is > 0 and <= Money.MaxAmount).WithMessage($"Must be more than 0 and at most {Money.MaxAmount}.");
        RuleFor(p => p.Amount)
            .Must((price, amount) => amount is not (> 0 and <= Money.MaxAmount)
                || !Currency.TryCreate(price.Currency, out var currency)
                || Money.TryCreate(amount.Value, currency, out _))
            .WithMessage("Must not have more decimals than the currency.");
    }
}
