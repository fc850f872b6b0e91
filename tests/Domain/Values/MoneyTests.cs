using System.Text.Json;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Domain.Tests.Values;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.505", "EUR")]
    [InlineData("1.5", "JPY")]
    [InlineData("0.0001", "KWD")]
    [InlineData("-0.01", "EUR")]
    [InlineData("999999999999.01", "EUR")]
    public void An_amount_outside_the_range_or_finer_than_the_currency_is_no_money(string amount, string currency)
    {
        var number = decimal.Parse(amount);
        Assert.False(Money.TryCreate(number, new Currency(currency), out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(number, new Currency(currency)));
    }

    [Theory]
    [InlineData("12.5", "EUR", """{"amount":12.50,"currency":"EUR"}""")]
    [InlineData("12.5000", "EUR", """{"amount":12.50,"currency":"EUR"}""")]
    [InlineData("7.00", "JPY", """{"amount":7,"currency":"JPY"}""")]
    [InlineData("0.001", "KWD", """{"amount":0.001,"currency":"KWD"}""")]
    [InlineData("999999999999", "KWD", """{"amount":999999999999.000,"currency":"KWD"}""")]
    public void Equal_money_has_equal_json_with_the_currencys_decimals(string amount, string currency, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(new Money(decimal.Parse(amount), new Currency(currency)), EventJson.Options));

    [Theory]
    [InlineData("""{"currency":"EUR"}""")]
    [InlineData("""{"amount":1}""")]
    [InlineData("""{"amount":"1","currency":"EUR"}""")]
    [InlineData("""{"amount":1.001,"currency":"EUR"}""")]
    [InlineData("""{"amount":-1,"currency":"EUR"}""")]
    [InlineData("""{"amount":1e30,"currency":"EUR"}""")]
    [InlineData("""{"amount":1,"currency":"eur"}""")]
    [InlineData("""{"amount":{"amount":1},"currency":"EUR"}""")]
    [InlineData("""[1,"EUR"]""")]
    [InlineData("1")]
    public void Json_that_is_no_money_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json, EventJson.Options));

    [Fact]
    public void Properties_that_came_later_are_passed_over() =>
        Assert.Equal(
            Sample.Euros(1),
            JsonSerializer.Deserialize<Money>("""{"x":{"amount":9},"amount":1,"y":[1,2],"currency":"EUR"}""", EventJson.Options));

    [Fact]
    public void Adding_and_subtracting_undo_each_other() =>
        Prop.ForAll(
            Arb.From(Any.Monies.Two()),
            pair =>
            {
                var (one, other) = (pair.Item1, new Money(decimal.Round(pair.Item2.Amount, pair.Item1.Currency.Decimals), pair.Item1.Currency));
                return one.TryAdd(other, out var sum)
                    ? sum == other.Add(one) && sum.Amount == one.Amount + other.Amount && sum.Subtract(other) == one && !one.Exceeds(sum)
                    : one.Amount + other.Amount > Money.MaxAmount;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Multiplying_is_exact_or_refused() =>
        Prop.ForAll(
            Arb.From(Gen.Zip(Any.Monies, Any.Quantities)),
            pair =>
            {
                var exact = pair.Item1.Amount * pair.Item2.Value;
                return pair.Item1.TryMultiply(pair.Item2, out var product) ? product.Amount == exact : exact > Money.MaxAmount;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_money_survives_json_also_through_a_double() =>
        Prop.ForAll(
            Arb.From(Any.Monies),
            money => Json.Dialects.All(options => Json.RoundTrip(money, options) == money)
                && decimal.Parse(JsonDocument.Parse(Json.Pretty(money)).RootElement.GetProperty("amount").GetDouble().ToString("F3")) == money.Amount)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Currencies_never_mix()
    {
        var (euro, dollar) = (Sample.Euros(1), new Money(1, Sample.Dollar));
        Assert.NotEqual(euro, dollar);
        Assert.Throws<InvalidOperationException>(() => euro.Add(dollar));
        Assert.Throws<InvalidOperationException>(() => euro.TryAdd(dollar, out _));
        Assert.Throws<InvalidOperationException>(() => euro.Subtract(dollar));
        Assert.Throws<InvalidOperationException>(() => euro.Exceeds(dollar));
    }

    [Fact]
    public void Beyond_the_range_arithmetic_overflows()
    {
        Assert.Throws<OverflowException>(() => Sample.Euros(1).Subtract(Sample.Euros(1.01m)));
        Assert.Throws<OverflowException>(() => Sample.Euros(Money.MaxAmount).Add(Sample.Euros(0.01m)));
        Assert.Throws<OverflowException>(() => Sample.Euros(Money.MaxAmount).Multiply(Sample.Pieces(2)));
    }
}
