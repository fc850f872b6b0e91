using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests;

/// <summary>
/// Compares what is stored with the files in Contracts. Streams hold these shapes for ever: a file of an event is never
/// edited; a new shape gets a new schema version, a new file and an upcaster. A new shape of a state gets a new
/// <see cref="IAggregate{TSelf, TEvent}.StateSchema"/>, and its file may be replaced.
/// </summary>
public sealed class ContractTests
{
    private static readonly IDomainEvent[] Events =
    [
        new OrderPlaced(TheOrder, Customer, Lines, Lines.Total, Home, Token, OrderFlow.Choreography),
        new OrderConfirmed(TheOrder, Customer),
        new OrderPaid(TheOrder, Customer, Lines.Total),
        new OrderShipped(TheOrder, Customer, "T-1"),
        new OrderDelivered(TheOrder, Customer, Earlier),
        new OrderCancelled(TheOrder, Customer, "out-of-stock", "No mugs."),
        new StockReplenished(Mug, Pieces(10), 3),
        new StockReserved(Mug, TheOrder, Pieces(2)),
        new StockReleased(Mug, TheOrder, Pieces(2)),
        new StockCommitted(Mug, TheOrder, Pieces(2)),
        new LowStockAlerted(Mug, 2, 3),
        new PaymentProcessing(TheOrder, Euros(32)),
        new PaymentAuthorized(TheOrder, Euros(32), "auth-1"),
        new PaymentCaptured(TheOrder, Euros(32), "cap-1"),
        new PaymentFailed(TheOrder, "card_declined", "The bank says no."),
        new PaymentVoided(TheOrder, "auth-1"),
        new PaymentRefunded(TheOrder, Euros(32), "ref-1"),
        new ShipmentCreated(TheOrder, "car-1", "T-1", Home),
        new ShipmentDispatched(TheOrder),
        new ShipmentDelivered(TheOrder, Earlier),
        new ShipmentCancelled(TheOrder, "Order cancelled."),
    ];

    private static readonly Dictionary<string, object> States = new()
    {
        [$"state-order.v{Order.StateSchema}"] = After<Order, OrderEvent>(_ => true),
        [$"state-stock-item.v{StockItem.StateSchema}"] = After<StockItem, StockItemEvent>(e => e is not StockCommitted)
            .Apply(new StockReserved(Mug, OtherOrder, Pieces(4)))
            .Apply(new StockReserved(Mug, ThirdOrder, Pieces(1)))
            .Apply(new StockCommitted(Mug, ThirdOrder, Pieces(1))),
        [$"state-payment.v{Payment.StateSchema}"] = After<Payment, PaymentEvent>(e => e is not PaymentVoided),
        [$"state-shipment.v{Shipment.StateSchema}"] = After<Shipment, ShipmentEvent>(_ => true),
    };

    private static readonly Dictionary<string, object> Contracts =
        Events.Select(e => (Registry.Get(e.GetType()), e)).ToDictionary(p => $"{p.Item1.Name}.v{p.Item1.SchemaVersion}", object (p) => p.e)
            .Concat(States).ToDictionary();

    public static TheoryData<string> Names => [.. Contracts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_stored_keeps_its_shape(string name)
    {
        var written = Json.Pretty(Contracts[name]);
        var agreed = File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : "";
        Assert.True(agreed == written, $"{name} is not written as agreed in tests/Domain/Contracts/{name}.json:\n{Difference(agreed, written)}\nWritten is:\n{written}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_stored_can_be_read(string name)
    {
        var expected = Contracts[name];
        var read = JsonSerializer.Deserialize(File.ReadAllText(PathOf(name)), expected.GetType(), EventJson.Options);
        Assert.True(Json.Same(expected, read!), $"{name} reads as\n{Json.Pretty(read!)}");
        Assert.True(expected is not IDomainEvent || expected.Equals(read), $"{name} is not equal after reading.");
    }

    [Fact]
    public void Every_event_type_has_a_contract_and_every_contract_an_owner()
    {
        Assert.Equal(Registry.Types.Select(t => t.ClrType.Name).Order(), Events.Select(e => e.GetType().Name).Order());
        Assert.Equal(Contracts.Keys.Order(), Directory.GetFiles(PathOf("")[..^".json".Length], "*.json").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void An_event_that_lost_a_field_is_not_read()
    {
        foreach (var happened in Events)
        {
            var whole = JsonSerializer.SerializeToNode(happened, happened.GetType(), EventJson.Options)!.AsObject();
            foreach (var field in whole.Select(p => p.Key).Where(field => field != "flow"))
            {
                var rest = (JsonObject)whole.DeepClone();
                rest.Remove(field);
                Assert.Throws<JsonException>(() => rest.Deserialize(happened.GetType(), EventJson.Options));
            }
        }
    }

    [Fact]
    public void An_orders_events_of_every_context_name_the_order() =>
        Assert.All(
            Events.Where(e => e is not (StockReplenished or LowStockAlerted)),
            e => Assert.Equal(TheOrder.ToString(), JsonSerializer.SerializeToNode(e, e.GetType(), EventJson.Options)!["orderId"]!.GetValue<string>()));

    [Fact]
    public void Nothing_stored_names_a_type_of_the_code()
    {
        var texts = Contracts.Values.Select(Json.Pretty);
        Assert.All(texts, text => Assert.DoesNotContain("EventFunctions", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("\"$", text, StringComparison.Ordinal));
    }

    private static TState After<TState, TEvent>(Func<TEvent, bool> happened)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent =>
        Events.OfType<TEvent>().Where(happened).Aggregate(TState.Initial, (state, e) => state.Apply(e));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Contracts", name + ".json");

    private static string Difference(string agreed, string written)
    {
        var (before, after) = (agreed.Split('\n'), written.Split('\n'));
        var lost = before.Except(after).Select(line => "- " + line);
        return string.Join('\n', lost.Concat(after.Except(before).Select(line => "+ " + line)));
    }
}
