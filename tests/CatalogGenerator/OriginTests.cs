using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Tests;

public sealed class OriginTests
{
    [Fact]
    public void An_event_tells_its_aggregate_and_commands()
    {
        var origin = EventOrigin.Of(typeof(LowStockAlerted));

        Assert.Equal(("Inventory", "StockItem", "inventory"), (origin.Context, origin.Aggregate.Name, origin.Category));
        Assert.Equal([typeof(Replenish), typeof(Reserve)], origin.Commands);
    }

    [Fact]
    public void An_example_lies_in_the_stream_of_its_aggregate()
    {
        Assert.Equal("inventory-mug", EventOrigin.Of(typeof(StockReserved)).StreamOf(new JsonObject
        {
            ["orderId"] = "6f1f64a158a54f439a0f0123456789ab",
            ["productId"] = "mug",
        }).Value);
        Assert.Equal("ordering-6f1f64a158a54f439a0f0123456789ab", EventOrigin.Of(typeof(OrderPaid)).StreamOf(new JsonObject
        {
            ["orderId"] = "6f1f64a158a54f439a0f0123456789ab",
        }).Value);
        Assert.Contains("'productId'", Assert.Throws<CatalogException>(() => EventOrigin.Of(typeof(StockReserved)).StreamOf([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_no_aggregate_and_one_that_nothing_raises_are_named()
    {
        Assert.Contains("no aggregate", Assert.Throws<CatalogException>(() => EventOrigin.Of(typeof(Stray))).Message, StringComparison.Ordinal);
        Assert.Contains("RaisedBy", Assert.Throws<CatalogException>(() => EventOrigin.Of(typeof(Lamp.Lit))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_without_an_example_is_named_with_the_file_that_is_wanted()
    {
        var version = new EventVersionInfo("order-paid", 9, typeof(OrderPaid), IsNewest: false, []);

        var exception = Assert.Throws<CatalogException>(() => SampleEvent.Read("nowhere", version, EventOrigin.Of(typeof(OrderPaid))));

        Assert.Contains(Path.Combine("nowhere", "order-paid.v9.json"), exception.Message, StringComparison.Ordinal);
    }

    private sealed record Stray : IDomainEvent;

    private sealed record Lamp : IAggregate<Lamp, Lamp.Lit>
    {
        public static string Category => "lamps";

        public static int StateSchema => 1;

        public static Lamp Initial { get; } = new();

        public Lamp Apply(Lit @event) => this;

        public sealed record Lit : IDomainEvent;
    }
}
