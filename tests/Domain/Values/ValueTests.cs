using System.Text.Json;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Domain.Tests.Values;

public sealed class ValueTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData(null)]
    public void Ids_have_only_letters_digits_dash_and_underscore_and_at_most_64_of_them(string? text)
    {
        Assert.False(CustomerId.TryCreate(text, out _));
        Assert.False(ProductId.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new CustomerId(text!));
        Assert.Throws<ArgumentException>(() => new ProductId(text!));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("6f1f64a1-58a5-4f43-9a0f-0123456789ab")]
    [InlineData("x")]
    [InlineData(null)]
    public void An_order_id_is_32_hex_digits_and_not_all_zero(string? text)
    {
        Assert.False(OrderId.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new OrderId(Guid.Empty));
    }

    [Fact]
    public void Values_are_compact_json()
    {
        Assert.Equal("\"6f1f64a158a54f439a0f0123456789ab\"", JsonSerializer.Serialize(Sample.TheOrder, EventJson.Options));
        Assert.Equal("\"customer-1\"", JsonSerializer.Serialize(Sample.Customer, EventJson.Options));
        Assert.Equal("\"mug-blue\"", JsonSerializer.Serialize(Sample.Mug, EventJson.Options));
        Assert.Equal("\"tok_ok\"", JsonSerializer.Serialize(Sample.Token, EventJson.Options));
        Assert.Equal("\"EUR\"", JsonSerializer.Serialize(Sample.Euro, EventJson.Options));
        Assert.Equal("7", JsonSerializer.Serialize(Sample.Pieces(7), EventJson.Options));
    }

    [Theory]
    [InlineData(typeof(OrderId), "\"x\"")]
    [InlineData(typeof(OrderId), "7")]
    [InlineData(typeof(CustomerId), "\"\"")]
    [InlineData(typeof(ProductId), "\"a b\"")]
    [InlineData(typeof(PaymentToken), "\"a b\"")]
    [InlineData(typeof(Currency), "\"XXX\"")]
    [InlineData(typeof(Quantity), "0")]
    [InlineData(typeof(Quantity), "1000001")]
    [InlineData(typeof(Quantity), "1.5")]
    [InlineData(typeof(Quantity), "\"1\"")]
    [InlineData(typeof(Address), """{"name":"A","line1":"B","postalCode":"1","city":"C","country":"de"}""")]
    [InlineData(typeof(Address), """{"name":"A","postalCode":"1","city":"C","country":"DE"}""")]
    [InlineData(typeof(OrderLines), "[]")]
    [InlineData(typeof(OrderLines), "[null]")]
    [InlineData(typeof(OrderLines), """[{"productId":"a","quantity":1}]""")]
    public void Json_that_breaks_a_values_rules_is_refused_without_repeating_it(Type type, string json)
    {
        var refusal = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type, EventJson.Options));
        Assert.DoesNotContain("a b", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_quantity_is_1_to_a_million(int number)
    {
        Assert.False(Quantity.TryCreate(number, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Quantity(number));
    }

    [Fact]
    public void A_payment_token_hides_itself_from_logs()
    {
        var order = Order.Initial with { PaymentToken = Sample.Token };
        Assert.DoesNotContain("tok_ok", $"{Sample.Token} {order}", StringComparison.Ordinal);
        Assert.False(PaymentToken.TryCreate(new string('x', 129), out _));
        Assert.Throws<ArgumentException>(() => new PaymentToken("tok ok"));
    }

    [Fact]
    public void Currencies_have_the_decimals_of_iso_4217()
    {
        Assert.Equal([0, 2, 3], new[] { "JPY", "EUR", "KWD" }.Select(code => new Currency(code).Decimals));
        Assert.Equal(Currency.Codes.Distinct().Order(StringComparer.Ordinal), Currency.Codes);
        Assert.All(Currency.Codes, code => Assert.Matches("^[A-Z]{3}$", code));
        Assert.False(Currency.TryCreate("XAU", out _));
        Assert.Throws<ArgumentException>(() => new Currency("eur"));
    }

    [Fact]
    public void An_address_tells_all_its_problems_at_once()
    {
        var problems = Address.Check(" ", null, new string('x', 101), new string('1', 17), "a\nb", "Germany");
        Assert.Equal(["name", "line1", "line2", "postalCode", "city", "country"], problems.Select(p => p.Part));
        var refusal = Assert.Throws<ArgumentException>(() => new Address(" ", "x", null, "1", "c", "XX"));
        Assert.Contains("name", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("country", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_trimmed_and_a_blank_second_line_is_none() =>
        Assert.Equal(new Address("A", "B", null, "1", "C", "DE"), new Address(" A ", "B", " ", "1 ", "C", "DE"));

    [Fact]
    public void Any_address_survives_json() =>
        Prop.ForAll(Arb.From(Any.Addresses), address => Json.Dialects.All(options => Json.RoundTrip(address, options) == address))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_address_that_was_not_recorded_survives_json_and_is_no_place()
    {
        Assert.All(Json.Dialects, options => Assert.Equal(Address.NotRecorded, Json.RoundTrip(Address.NotRecorded, options)));
        Assert.False(Address.NotRecorded.IsRecorded);
        Assert.True(Sample.Home.IsRecorded);
    }

    [Theory]
    [InlineData("(not recorded)")]
    [InlineData("Ada Byron")]
    public void Nobody_can_enter_an_address_in_the_unknown_country(string name)
    {
        const string Text = "(not recorded)";
        Assert.Equal("country", Assert.Single(Address.Check(name, Text, null, Text, Text, "ZZ")).Part);
        Assert.Throws<ArgumentException>(() => new Address(name, Text, null, Text, Text, "ZZ"));
    }

    [Fact]
    public void In_stored_data_the_unknown_country_stands_with_nothing_else() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Address>(
            """{"name":"Ada","line1":"(not recorded)","postalCode":"(not recorded)","city":"(not recorded)","country":"ZZ"}""", EventJson.Options));
}
