using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Tests.Support;
using static EventFunctions.Domain.Tests.Kit.Sample;
using CustomerDomain = EventFunctions.Domain.Customers;

namespace EventFunctions.Domain.Tests;

/// <summary>
/// Compares what is stored with the files in Contracts, one for every version of every event. Streams hold these shapes for
/// ever: a file of an event is never edited; a new shape gets a new schema version, a new file and an upcaster, and the former
/// shape stays as a retired one. A new shape of a state gets a new <see cref="IAggregate{TSelf, TEvent}.StateSchema"/>, and its
/// file may be replaced.
/// </summary>
public sealed class ContractTests
{
    private static readonly IDomainEvent[] Events =
    [
        new OrderPlaced(TheOrder, Customer, Lines, Lines.Total, Home, Token, OrderFlow.Choreography),
        new OrderApproved(TheOrder, Customer, "reviewer-1"),
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
        new ProductCreated(Mug, MugSku, MugName, About, Shelf, Euros(12.50m)),
        new ProductUpdated(Mug, new ProductName("Red mug"), ProductDescription.None, Shelf, Euros(13)),
        new ProductActivated(Mug),
        new ProductDeactivated(Mug),
        new ProductDeleted(Mug),
        new CustomerDomain.CustomerRegistered(Customer, Ada, Mailbox, Preferences, Phone),
        new CustomerDomain.CustomerActivated(Customer, 1),
        new CustomerDomain.CustomerUpdated(Customer, Ada, Phone),
        new CustomerDomain.CustomerEmailChanged(Customer, NewMailbox, 2),
        new CustomerDomain.CustomerEmailConfirmed(Customer, 2),
        new CustomerDomain.CustomerPromoted(Customer, CustomerDomain.CustomerTier.Gold, CustomerDomain.CustomerTier.Standard),
        new CustomerDomain.CustomerPreferencesUpdated(Customer, CustomerDomain.CustomerPreferences.Default),
        new CustomerDomain.CustomerLoggedIn(Customer, new SessionId("session-1"), Earlier),
        new CustomerDomain.CustomerLoggedOut(Customer, new SessionId("session-1"), Earlier),
        new CustomerDomain.CustomerDeactivated(Customer, CustomerDomain.CustomerReasons.CustomerRequest, "I am leaving."),
        new CustomerDomain.CustomerErased(Customer),
        new NotificationSent(TheNotification, "order-shipped", NotificationChannel.Email, new LanguageTag("de"), Customer),
    ];

    /// <summary>Data of retired versions, with the event that it reads as.</summary>
    private static readonly (object Stored, IDomainEvent ReadAs)[] Retired =
    [
        (new OrderPlacedV1(TheOrder, Customer, [new OrderLineV1(Mug, Pieces(2), 12.50m), new OrderLineV1(Lamp, Pieces(1), 7.00m)], 32.00m, Token),
            new OrderPlaced(TheOrder, Customer, Lines, Euros(32), Address.NotRecorded, Token)),
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
        [$"state-product.v{Product.StateSchema}"] = After<Product, ProductEvent>(_ => true),
        [$"state-customer.v{CustomerDomain.Customer.StateSchema}"] =
            After<CustomerDomain.Customer, CustomerDomain.CustomerEvent>(e => e is not (CustomerDomain.CustomerErased or CustomerDomain.CustomerDeactivated or CustomerDomain.CustomerLoggedOut))
                .Apply(new CustomerDomain.CustomerEmailChanged(Customer, new Email("third@example.net"), 3)),
        [$"state-notification.v{Notification.StateSchema}"] = After<Notification, NotificationEvent>(_ => true),
    };

    /// <summary>Fields that an event may lack.</summary>
    private static readonly (Type Event, string Field)[] Optional =
    [
        (typeof(OrderPlaced), "flow"),
        (typeof(CustomerDomain.CustomerRegistered), "phone"),
        (typeof(CustomerDomain.CustomerUpdated), "phone"),
        (typeof(NotificationSent), "customerId"),
    ];

    private static readonly Dictionary<string, IDomainEvent> ReadAs =
        Events.Select(e => ((object)e, e)).Concat(Retired).ToDictionary(p => NameOf(p.Item1.GetType()), p => p.Item2);

    private static readonly Dictionary<string, object> Contracts =
        Events.Concat(Retired.Select(r => r.Stored)).ToDictionary(e => NameOf(e.GetType())).Concat(States).ToDictionary();

    private static readonly EventSerializer Serializer = new(Registry);

    public static TheoryData<string> Names => [.. Contracts.Keys];

    public static TheoryData<string> EventNames => [.. ReadAs.Keys];

    public static TheoryData<string> StateNames => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_stored_keeps_its_shape(string name) => new KeptFile(SourceOf(name)).Check(Json.Pretty(Contracts[name]));

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Every_version_of_an_event_that_was_stored_is_read_as_the_newest(string name)
    {
        var (type, schemaVersion) = (name[..name.LastIndexOf(".v", StringComparison.Ordinal)], int.Parse(name[(name.LastIndexOf('v') + 1)..]));
        var stored = new EventDocument(
            EventDocument.IdOf(1),
            "ordering-1",
            EventDocument.EventKind,
            1,
            TheOrder.Value,
            type,
            schemaVersion,
            Now,
            Stored(name),
            new EventMetadata(TheOrder.Value, "c"));

        var read = Serializer.Read(stored);

        var newest = Registry.Get(ReadAs[name].GetType());
        Assert.True(ReadAs[name].Equals(read.Data), $"{name} reads as\n{Json.Pretty(read.Data)}\nand not as\n{Json.Pretty(ReadAs[name])}");
        Assert.Equal((newest.Name, newest.SchemaVersion), (read.Type, read.SchemaVersion));
        Assert.Empty(new EventValidator(Registry).Problems(type, schemaVersion, stored.Data));
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void A_state_that_was_stored_can_be_read(string name)
    {
        var read = Stored(name).Deserialize(States[name].GetType(), EventJson.Options);
        Assert.True(Json.Same(States[name], read!), $"{name} reads as\n{Json.Pretty(read!)}");
    }

    [Fact]
    public void Every_version_of_every_event_has_a_contract_and_every_contract_an_owner()
    {
        Assert.Equal(Registry.Versions.Select(v => $"{v.Name}.v{v.SchemaVersion}").Order(), ReadAs.Keys.Order());
        Assert.Equal(Contracts.Keys.Order(), Directory.GetFiles(PathOf("")[..^".json".Length], "*.json").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void An_event_that_lost_a_field_is_not_read()
    {
        foreach (var happened in Events)
        {
            var whole = JsonSerializer.SerializeToNode(happened, happened.GetType(), EventJson.Options)!.AsObject();
            foreach (var field in whole.Select(p => p.Key).Where(field => !Optional.Contains((happened.GetType(), field))))
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
            Events.Where(e => e is not (StockReplenished or LowStockAlerted or ProductEvent or CustomerDomain.CustomerEvent or NotificationEvent)),
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

    private static string NameOf(Type shape) =>
        Registry.Versions.Where(v => v.Shape == shape).Select(v => $"{v.Name}.v{v.SchemaVersion}").Single();

    private static JsonElement Stored(string name) => JsonDocument.Parse(File.ReadAllText(PathOf(name))).RootElement;

    /// <summary>The file in the source tree, where an agreed shape is written and committed.</summary>
    private static string SourceOf(string name) => Path.Combine(RepositoryRoot.Path, "tests", "Domain", "Contracts", name + ".json");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Contracts", name + ".json");
}
