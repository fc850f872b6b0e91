using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Schemas;

/// <summary>The published schemas and what the code reads and writes are one.</summary>
public sealed class SchemaTests
{
    private static readonly EventSchemas Schemas = new(XmlDocumentation.Of(typeof(Money).Assembly), "urn:eventfunctions:events");

    private static readonly Dictionary<string, SchemaCheck> Checks =
        Registry.Versions.ToDictionary(NameOf, v => new SchemaCheck(Schemas.Of(v)));

    public static TheoryData<string> Events => [.. Checks.Keys];

    [Theory]
    [MemberData(nameof(Events))]
    public void What_is_stored_for_ever_is_valid(string name) => Assert.Empty(Checks[name].ProblemsOf(Stored(name)));

    [Theory]
    [MemberData(nameof(Events))]
    public void A_field_is_required_just_where_reading_insists_on_it(string name)
    {
        var broken = Stored(name).Select(p => p.Key).Select(field => (Field: field, Json: Without(name, field))).ToList();

        Assert.Equal(broken.Where(b => !IsRead(name, b.Json)).Select(b => b.Field), broken.Where(b => Checks[name].ProblemsOf(b.Json).Count > 0).Select(b => b.Field));
        Assert.Contains(broken, b => Checks[name].ProblemsOf(b.Json).Count > 0);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void No_field_takes_a_value_of_another_kind(string name)
    {
        foreach (var field in Stored(name).Select(p => p.Key))
        {
            foreach (var other in (JsonNode?[])[null, true, new JsonArray(true), new JsonObject()])
            {
                var json = Stored(name);
                json[field] = other?.DeepClone();
                Assert.True(Checks[name].ProblemsOf(json).Count > 0, $"{field} = {other?.ToJsonString() ?? "null"} is valid.");
            }
        }
    }

    [Theory]
    [InlineData("order-placed.v2", "lines", "[]")]
    [InlineData("order-placed.v2", "lines", """[{"productId":"p","quantity":1}]""")]
    [InlineData("order-placed.v2", "lines", """[{"productId":"p","quantity":0,"unitPrice":{"amount":1,"currency":"EUR"}}]""")]
    [InlineData("order-placed.v2", "lines", """[{"productId":"p","quantity":1000001,"unitPrice":{"amount":1,"currency":"EUR"}}]""")]
    [InlineData("order-placed.v2", "lines", """[{"productId":"a b","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}}]""")]
    [InlineData("order-placed.v2", "total", """{"amount":-1,"currency":"EUR"}""")]
    [InlineData("order-placed.v2", "total", """{"amount":1000000000000,"currency":"EUR"}""")]
    [InlineData("order-placed.v2", "total", """{"amount":"1","currency":"EUR"}""")]
    [InlineData("order-placed.v2", "total", """{"amount":1,"currency":"euro"}""")]
    [InlineData("order-placed.v2", "total", """{"amount":1}""")]
    [InlineData("order-placed.v2", "orderId", "\"00000000000000000000000000000000\"")]
    [InlineData("order-placed.v2", "orderId", "\"6f1f64a1-58a5-4f43-9a0f-0123456789ab\"")]
    [InlineData("order-placed.v2", "customerId", "\"\"")]
    [InlineData("order-placed.v2", "paymentToken", "\"two words\"")]
    [InlineData("order-placed.v2", "flow", "\"Improvisation\"")]
    [InlineData("order-placed.v2", "shippingAddress", """{"name":"A","line1":"B","postalCode":"1","city":"C","country":"Germany"}""")]
    [InlineData("order-placed.v2", "shippingAddress", """{"name":" ","line1":"B","postalCode":"1","city":"C","country":"DE"}""")]
    [InlineData("order-placed.v2", "shippingAddress", """{"name":"A\u0007","line1":"B","postalCode":"1","city":"C","country":"DE"}""")]
    [InlineData("order-placed.v2", "shippingAddress", """{"name":"A","line1":"B","postalCode":"12345678901234567","city":"C","country":"DE"}""")]
    [InlineData("order-delivered.v1", "deliveredAt", "\"soon\"")]
    [InlineData("stock-reserved.v1", "quantity", "1.5")]
    public void What_the_values_refuse_the_schemas_refuse(string name, string field, string value)
    {
        var json = Stored(name);
        json[field] = JsonNode.Parse(value);

        Assert.False(IsRead(name, json));
        Assert.NotEmpty(Checks[name].ProblemsOf(json));
    }

    [Fact]
    public void Whatever_is_ordered_is_valid() =>
        Prop.ForAll(
            Arb.From(
                from lines in Any.LineArrays
                from address in Any.Addresses
                select (Lines: lines, Address: address)),
            order => !OrderLines.TryCreate(order.Lines, out var lines, out _)
                || Checks["order-placed.v2"].ProblemsOf(Written(new OrderPlaced(TheOrder, Customer, lines, lines.Total, order.Address, Token))).Count == 0)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Money_of_any_currency_is_valid() =>
        Prop.ForAll(
            Arb.From(Any.Monies),
            money => Checks["order-paid.v1"].ProblemsOf(Written(new OrderPaid(TheOrder, Customer, money))).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_event_and_every_field_is_described()
    {
        foreach (var schema in Registry.Versions.Select(Schemas.Of))
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)schema["description"]), (string?)schema["$id"]);
            var values = (schema["$defs"]?.AsObject() ?? []).Select(d => d.Value!).ToList();
            Assert.All(values, v => Assert.False(string.IsNullOrWhiteSpace((string?)v["description"]), v.ToJsonString()));
            Assert.All(values.Append(schema).SelectMany(s => s["properties"]?.AsObject() ?? []), p => Assert.True(
                !string.IsNullOrWhiteSpace((string?)p.Value!["description"]) || p.Value["$ref"] is not null, $"{schema["$id"]} {p.Key}"));
        }
    }

    private static string NameOf(EventVersionInfo version) => $"{version.Name}.v{version.SchemaVersion}";

    private static Type ShapeOf(string name) => Registry.Versions.Single(v => NameOf(v) == name).Shape;

    private static JsonObject Stored(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contracts", name + ".json")))!.AsObject();

    private static JsonObject Without(string name, string field)
    {
        var json = Stored(name);
        json.Remove(field);
        return json;
    }

    private static JsonNode Written<TEvent>(TEvent happened) => JsonSerializer.SerializeToNode(happened, EventJson.Options)!;

    private static bool IsRead(string name, JsonObject json)
    {
        try
        {
            return json.Deserialize(ShapeOf(name), EventJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
