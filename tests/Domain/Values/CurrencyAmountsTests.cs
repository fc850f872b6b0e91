using System.Text.Json;
using EventFunctions.EventSourcing;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Domain.Tests.Values;

public sealed class CurrencyAmountsTests
{
    private static readonly string[] Codes = ["EUR", "USD", "JPY"];

    [Fact]
    public void Sums_are_written_by_currency_in_the_order_of_the_codes()
    {
        var sums = Of((1.50m, "USD"), (2, "EUR"), (3, "USD"));

        Assert.Equal("""[{"amount":2.00,"currency":"EUR"},{"amount":4.50,"currency":"USD"}]""", JsonSerializer.Serialize(sums, EventJson.Options));
        Assert.Equal(4.50m, sums.In(new Currency("USD")));
        Assert.Equal(0, sums.In(new Currency("JPY")));
    }

    [Fact]
    public void They_survive_json_and_what_was_added_can_be_taken_away_again_in_any_order() =>
        Prop.ForAll<(byte Amount, byte Code)[]>(amounts =>
        {
            var parts = amounts.Select(a => CurrencyAmounts.Of(new Money(a.Amount, new Currency(Codes[a.Code % 3])))).ToList();
            var sum = parts.Aggregate(CurrencyAmounts.None, (s, p) => s.Plus(p));
            var rest = Enumerable.Reverse(parts).Aggregate(sum, (s, p) => s.Minus(p));
            return rest.Equals(CurrencyAmounts.None) && rest.Count == 0
                && sum.Equals(JsonSerializer.Deserialize<CurrencyAmounts>(JsonSerializer.Serialize(sum, EventJson.Options), EventJson.Options))
                && sum.Sum(a => a.Amount) == amounts.Sum(a => (decimal)a.Amount);
        }).QuickCheckThrowOnFailure();

    private static CurrencyAmounts Of(params (decimal Amount, string Code)[] amounts) =>
        amounts.Aggregate(CurrencyAmounts.None, (sum, a) => sum.Plus(CurrencyAmounts.Of(new Money(a.Amount, new Currency(a.Code)))));
}
