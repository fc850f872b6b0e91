using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>
/// An amount of one currency, from nothing to <see cref="MaxAmount"/>, never negative and never finer than the currency's
/// decimals. JSON: <c>{"amount":12.50,"currency":"EUR"}</c>.
/// </summary>
/// <remarks>
/// Twelve digits before and at most three behind the point are 15 significant digits: readers that keep JSON numbers as
/// IEEE 754 doubles still get the exact amount (RFC 8259, section 6). The amount always has the currency's number of
/// decimals (12.5 EUR is 12.50), so equal money has equal JSON.
/// </remarks>
[JsonConverter(typeof(MoneyConverter))]
public sealed record Money
{
    /// <summary>The largest amount, in units of the currency.</summary>
    public const decimal MaxAmount = 999_999_999_999m;

    /// <summary>Wraps an amount.</summary>
    /// <param name="amount">0 to <see cref="MaxAmount"/>, with no more decimals than the currency has.</param>
    /// <param name="currency">The currency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is outside the range or too fine.</exception>
    public Money(decimal amount, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        if (!IsValid(amount, currency))
        {
            throw new ArgumentOutOfRangeException(
                nameof(amount), amount, $"An amount of {currency} is 0 to {MaxAmount} with at most {currency.Decimals} decimals.");
        }

        // Adding a zero of the wanted scale pads with zeros: 12.5 + 0.00 = 12.50.
        Amount = decimal.Round(amount, currency.Decimals) + new decimal(0, 0, 0, isNegative: false, (byte)currency.Decimals);
        Currency = currency;
    }

    /// <summary>The amount in units of the currency, with just the currency's decimals.</summary>
    public decimal Amount { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>Whether it is nothing.</summary>
    [JsonIgnore]
    public bool IsZero => Amount == 0;

    /// <summary>Nothing of a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Wraps an amount, or tells that it is outside the range or too fine.</summary>
    public static bool TryCreate(decimal amount, Currency currency, [NotNullWhen(true)] out Money? value)
    {
        ArgumentNullException.ThrowIfNull(currency);
        value = IsValid(amount, currency) ? new Money(amount, currency) : null;
        return value is not null;
    }

    /// <summary>The sum, or <see langword="false"/> if it exceeds <see cref="MaxAmount"/>.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public bool TryAdd(Money other, [NotNullWhen(true)] out Money? sum) => TryCreate(Amount + SameCurrency(other).Amount, Currency, out sum);

    /// <summary>The product, or <see langword="false"/> if it exceeds <see cref="MaxAmount"/>.</summary>
    public bool TryMultiply(Quantity quantity, [NotNullWhen(true)] out Money? product)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return TryCreate(Amount * quantity.Value, Currency, out product);
    }

    /// <summary>The sum.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum exceeds <see cref="MaxAmount"/>.</exception>
    public Money Add(Money other) => TryAdd(other, out var sum) ? sum : throw new OverflowException($"{this} and {other} are more than {MaxAmount}.");

    /// <summary>What is left.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The other one is more: money is never negative.</exception>
    public Money Subtract(Money other) =>
        TryCreate(Amount - SameCurrency(other).Amount, Currency, out var rest) ? rest : throw new OverflowException($"{other} is more than {this}.");

    /// <summary>So many times the amount.</summary>
    /// <exception cref="OverflowException">The product exceeds <see cref="MaxAmount"/>.</exception>
    public Money Multiply(Quantity quantity) =>
        TryMultiply(quantity, out var product) ? product : throw new OverflowException($"{quantity} times {this} is more than {MaxAmount}.");

    /// <summary>Whether it is more than the other.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public bool Exceeds(Money other) => Amount > SameCurrency(other).Amount;

    /// <inheritdoc/>
    public override string ToString() => $"{Amount} {Currency}";

    private static bool IsValid(decimal amount, Currency currency) =>
        amount is >= 0 and <= MaxAmount && decimal.Round(amount, currency.Decimals) == amount;

    private Money SameCurrency(Money other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Currency == Currency ? other : throw new InvalidOperationException($"{this} and {other} are of different currencies.");
    }
}
