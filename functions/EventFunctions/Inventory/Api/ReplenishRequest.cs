using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using FluentValidation;

namespace EventFunctions.Inventory.Api;

/// <summary>The body of a replenishment. Everything may be missing until it is validated.</summary>
/// <param name="Quantity">How many came in.</param>
/// <param name="LowStockThreshold">From when on the stock is low; left as it is where it is missing.</param>
public sealed record ReplenishRequest(decimal? Quantity, decimal? LowStockThreshold)
{
    /// <summary>The command that a valid body asks for.</summary>
    public Replenish ToCommand(ProductId productId) => new(productId, new Quantity((int)Quantity!.Value), (int?)LowStockThreshold);
}

/// <summary>Finds everything wrong with a replenishment's body.</summary>
public sealed class ReplenishValidator : AbstractValidator<ReplenishRequest>
{
    /// <summary>Declares the rules.</summary>
    public ReplenishValidator()
    {
        RuleFor(r => r.Quantity).Must(q => q is { } n && IsWhole(n, from: 1)).WithMessage($"Must be a whole number from 1 to {Quantity.MaxValue}.");
        RuleFor(r => r.LowStockThreshold).Must(t => t is not { } n || IsWhole(n, from: 0))
            .WithMessage($"Must be a whole number from 0 to {Quantity.MaxValue}.");
    }

    private static bool IsWhole(decimal number, int from) =>
        number == decimal.Truncate(number) && number >= from && number <= Quantity.MaxValue;
}
