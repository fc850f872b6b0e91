using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using FluentValidation;

namespace EventFunctions.Ordering.Api;

/// <summary>The body of an order. Everything may be missing until it is validated.</summary>
/// <param name="CustomerId">Who orders.</param>
/// <param name="Currency">ISO 4217 code of every price.</param>
/// <param name="PaymentToken">The card.</param>
/// <param name="ShippingAddress">Where to.</param>
/// <param name="Lines">What.</param>
public sealed record PlaceOrderRequest(
    string? CustomerId, string? Currency, string? PaymentToken, AddressRequest? ShippingAddress, IReadOnlyList<OrderLineRequest?>? Lines)
{
    /// <summary>The command that a valid body asks for.</summary>
    /// <param name="orderId">The new order.</param>
    /// <param name="options">Who leads it, and whether somebody has to look at it.</param>
    /// <exception cref="ArgumentException">The body is not valid.</exception>
    public PlaceOrder ToCommand(OrderId orderId, OrderingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var currency = new Currency(Currency!);
        IReadOnlyList<OrderLine> lines =
            [.. Lines!.Select(l => new OrderLine(new ProductId(l!.ProductId!), new Quantity((int)l.Quantity!.Value), new Money(l.UnitPrice!.Value, currency)))];
        return new PlaceOrder(
            orderId,
            new CustomerId(CustomerId!),
            lines,
            ShippingAddress!.ToAddress(),
            new PaymentToken(PaymentToken!),
            options.Flow == OrderFlow.Orchestration ? null : options.Flow,
            OrderLines.TryCreate(lines, out var valid, out _) && options.NeedsReview(valid.Total));
    }
}

/// <summary>An address as it comes in.</summary>
/// <param name="Name">The addressee.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="Line2">More of it.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="City">City.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record AddressRequest(string? Name, string? Line1, string? Line2, string? PostalCode, string? City, string? Country)
{
    /// <summary>The address.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public Address ToAddress() => new(Name!, Line1!, Line2, PostalCode!, City!, Country!);
}

/// <summary>A line as it comes in.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many; a decimal so that 2.5 is told to be no whole number instead of to be no number.</param>
/// <param name="UnitPrice">The price of one, in the order's currency.</param>
public sealed record OrderLineRequest(string? ProductId, decimal? Quantity, decimal? UnitPrice);

/// <summary>Finds everything wrong with an order's body at once.</summary>
public sealed class PlaceOrderValidator : AbstractValidator<PlaceOrderRequest>
{
    /// <summary>Declares the rules.</summary>
    public PlaceOrderValidator()
    {
        RuleFor(r => r.CustomerId).Must(id => CustomerId.TryCreate(id, out _))
            .WithMessage($"Must have 1 to {CustomerId.MaxLength} letters, digits, '-' or '_'.");
        RuleFor(r => r.Currency).Must(code => Currency.TryCreate(code, out _)).WithMessage("Must be a known ISO 4217 code, e.g. EUR.");
        RuleFor(r => r.PaymentToken).Must(token => PaymentToken.TryCreate(token, out _))
            .WithMessage($"Must have 1 to {PaymentToken.MaxLength} visible ASCII characters.");
        RuleFor(r => r.ShippingAddress).NotNull().WithMessage("Is required.");
        RuleFor(r => r.ShippingAddress!).SetValidator(new AddressValidator()).When(r => r.ShippingAddress is not null);
        RuleFor(r => r.Lines).Must(lines => lines is { Count: > 0 and <= OrderLines.MaxCount })
            .WithMessage($"Must have 1 to {OrderLines.MaxCount} lines.");
        RuleForEach(r => r.Lines).Custom(CheckLine).When(r => r.Lines is { Count: <= OrderLines.MaxCount });
    }

    private static void CheckLine(OrderLineRequest? line, ValidationContext<PlaceOrderRequest> context)
    {
        if (line is null)
        {
            context.AddFailure("Is required.");
            return;
        }

        if (!ProductId.TryCreate(line.ProductId, out _))
        {
            context.AddFailure(nameof(line.ProductId), $"Must have 1 to {ProductId.MaxLength} letters, digits, '-' or '_'.");
        }

        if (line.Quantity is not { } quantity || quantity != decimal.Truncate(quantity) || quantity is < 1 or > Quantity.MaxValue)
        {
            context.AddFailure(nameof(line.Quantity), $"Must be a whole number from 1 to {Quantity.MaxValue}.");
        }

        CheckPrice(line.UnitPrice, nameof(line.UnitPrice), context);
    }

    private static void CheckPrice(decimal? price, string field, ValidationContext<PlaceOrderRequest> context)
    {
        if (price is not { } amount || amount is < 0 or > Money.MaxAmount)
        {
            context.AddFailure(field, $"Must be from 0 to {Money.MaxAmount}.");
        }
        else if (Currency.TryCreate(context.InstanceToValidate.Currency, out var currency) && !Money.TryCreate(amount, currency, out _))
        {
            context.AddFailure(field, $"Must have no more than {currency.Decimals} decimals in {currency}.");
        }
    }
}

/// <summary>Finds everything wrong with an address.</summary>
public sealed class AddressValidator : AbstractValidator<AddressRequest>
{
    /// <summary>Declares the rules, which are those of <see cref="Address"/>.</summary>
    public AddressValidator() => RuleFor(a => a).Custom((address, context) =>
    {
        foreach (var problem in Address.Check(address.Name, address.Line1, address.Line2, address.PostalCode, address.City, address.Country))
        {
            var part = char.ToUpperInvariant(problem.Part[0]) + problem.Part[1..];
            context.AddFailure(part, $"{Capitalized(problem.Message)}.");
        }
    });

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
