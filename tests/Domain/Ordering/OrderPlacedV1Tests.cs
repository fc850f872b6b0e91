using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Ordering;

public sealed class OrderPlacedV1Tests
{
    private static readonly EventSerializer Serializer = new(Registry);

    [Fact]
    public void Every_order_of_the_first_version_keeps_its_lines_and_prices_as_euros() => Prop.ForAll(
        Arb.From(Any.LineArrays.Where(lines => OrderLines.TryCreate(lines, out _, out _))),
        lines =>
        {
            var expected = new OrderLines(lines);

            var placed = Read(First(expected));

            Assert.Equal((expected, expected.Total), (placed.Lines, placed.Total));
            Assert.Equal((TheOrder, Customer, Token), (placed.OrderId, placed.CustomerId, placed.PaymentToken));
            Assert.Equal(Address.NotRecorded, placed.ShippingAddress);
            Assert.Null(placed.Flow);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("32")]
    [InlineData("32.0")]
    [InlineData("3.2e1")]
    public void A_price_may_be_written_in_any_way_that_JSON_has(string total) =>
        Assert.Equal(Euros(32), Read(First(Lines, total)).Total);

    [Fact]
    public void What_else_was_stored_is_passed_over()
    {
        var data = First(Lines);
        data["coupon"] = "SPRING";
        data["lines"]![0]!["note"] = "as a gift";

        Assert.Equal(Lines, Read(data).Lines);
    }

    [Fact]
    public void The_sum_that_was_stored_is_kept_also_where_it_is_not_that_of_the_lines()
    {
        var data = First(Lines, "31");

        Assert.Equal(Euros(31), Read(data).Total);
        Assert.Equal(
            OrderEventRules.Total,
            Assert.Single(new EventValidator(Registry).Problems("order-placed", 1, JsonSerializer.SerializeToElement(data))).Rule);
    }

    private static JsonObject First(OrderLines lines, string? total = null)
    {
        var data = JsonSerializer.SerializeToNode(
            new OrderPlacedV1(
                TheOrder, Customer, [.. lines.Select(l => new OrderLineV1(l.ProductId, l.Quantity, l.UnitPrice.Amount))], lines.Total.Amount, Token),
            EventJson.Options)!.AsObject();
        if (total is not null)
        {
            data["total"] = JsonNode.Parse(total);
        }

        return data;
    }

    private static OrderPlaced Read(JsonObject data) => Assert.IsType<OrderPlaced>(Serializer.Read(new EventDocument(
        EventDocument.IdOf(1),
        Order.StreamOf(TheOrder).Value,
        EventDocument.EventKind,
        1,
        TheOrder.Value,
        "order-placed",
        1,
        Now,
        JsonSerializer.SerializeToElement(data),
        new EventMetadata(TheOrder.Value, "c"))).Data);
}
