using System.Text.Json;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using static EventFunctions.Domain.Tests.Kit.Sample;
using CustomerDomain = EventFunctions.Domain.Customers;

namespace EventFunctions.Domain.Tests;

public sealed class EventRulesTests
{
    private static readonly EventValidator Validator = new(Registry);

    private static readonly string TooLong = new('x', 501);

    private static readonly (IDomainEvent Event, string[] Broken)[] Cases =
    [
        (new OrderPlaced(TheOrder, Customer, Lines, Euros(31), Home, Token), [OrderEventRules.Total]),
        (new OrderPlaced(TheOrder, Customer, Lines, new Money(32, Dollar), Home, Token), [OrderEventRules.Total]),
        (new OrderApproved(TheOrder, Customer, " "), [OrderEventRules.Reviewer]),
        (new OrderApproved(TheOrder, Customer, TooLong), [OrderEventRules.Reviewer]),
        (new OrderPaid(TheOrder, Customer, Euros(0)), [OrderEventRules.PaidAmount]),
        (new OrderShipped(TheOrder, Customer, " "), [OrderEventRules.TrackingNumber]),
        (new OrderCancelled(TheOrder, Customer, "", TooLong), [OrderEventRules.ReasonCode, OrderEventRules.ReasonLength]),
        (new StockReplenished(Mug, Pieces(1), -1), [StockItemEventRules.Threshold]),
        (new StockReplenished(Mug, Pieces(1), Quantity.MaxValue + 1), [StockItemEventRules.Threshold]),
        (new LowStockAlerted(Mug, 3, 3), [StockItemEventRules.Low]),
        (new LowStockAlerted(Mug, -1, 3), [StockItemEventRules.Low]),
        (new PaymentProcessing(TheOrder, Euros(0)), [PaymentEventRules.Amount]),
        (new PaymentAuthorized(TheOrder, Euros(0), ""), [PaymentEventRules.Amount, PaymentEventRules.ProviderId]),
        (new PaymentCaptured(TheOrder, Euros(0), " "), [PaymentEventRules.Amount, PaymentEventRules.ProviderId]),
        (new PaymentFailed(TheOrder, " ", TooLong), [PaymentEventRules.ReasonCode, PaymentEventRules.ReasonLength]),
        (new PaymentVoided(TheOrder, ""), [PaymentEventRules.ProviderId]),
        (new PaymentRefunded(TheOrder, Euros(0), ""), [PaymentEventRules.Amount, PaymentEventRules.ProviderId]),
        (new ShipmentCreated(TheOrder, "", "", Address.NotRecorded), [ShipmentEventRules.CarrierId, ShipmentEventRules.CarrierId, ShipmentEventRules.Address]),
        (new ShipmentCancelled(TheOrder, TooLong), [ShipmentEventRules.ReasonLength]),
        (new ProductCreated(Mug, MugSku, MugName, About, Shelf, Euros(0)), [ProductEventRules.Price]),
        (new ProductUpdated(Mug, MugName, About, Shelf, Euros(0)), [ProductEventRules.Price]),
        (new CustomerDomain.CustomerActivated(Customer, 0), [CustomerDomain.CustomerEventRules.AddressVersion]),
        (new CustomerDomain.CustomerEmailChanged(Customer, Mailbox, 1), [CustomerDomain.CustomerEventRules.AddressVersion]),
        (new CustomerDomain.CustomerEmailConfirmed(Customer, 1), [CustomerDomain.CustomerEventRules.AddressVersion]),
        (new CustomerDomain.CustomerPromoted(Customer, CustomerDomain.CustomerTier.Silver, CustomerDomain.CustomerTier.Gold), [CustomerDomain.CustomerEventRules.Tier]),
        (new CustomerDomain.CustomerDeactivated(Customer, " ", TooLong), [CustomerDomain.CustomerEventRules.ReasonCode, CustomerDomain.CustomerEventRules.ReasonLength]),
        (new NotificationSent(TheNotification, "", NotificationChannel.Email, LanguageTag.English), [NotificationEventRules.Template]),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_event_tells_every_rule_it_breaks_as_an_object_and_as_JSON(int number)
    {
        var (happened, broken) = Cases[number];
        var type = Registry.Get(happened.GetType());
        var data = JsonSerializer.SerializeToElement(happened, type.ClrType, EventJson.Options);

        Assert.Equal(broken, Validator.Problems(happened).Select(p => p.Rule));
        Assert.Equal(Validator.Problems(happened), Validator.Problems(type.Name, type.SchemaVersion, data));
    }

    [Fact]
    public void Every_rule_has_a_case() =>
        Assert.Equal(
            new[]
            {
                typeof(OrderEventRules), typeof(StockItemEventRules), typeof(PaymentEventRules), typeof(ShipmentEventRules), typeof(ProductEventRules),
                typeof(CustomerDomain.CustomerEventRules), typeof(NotificationEventRules),
            }
                .SelectMany(Closed.CodesOf).Order(),
            Cases.SelectMany(c => c.Broken).Distinct().Order());

    [Fact]
    public void Every_kind_of_event_has_rules() =>
        Assert.Equal(
            Registry.Types.Select(t => t.ClrType.BaseType!.Name).Distinct().Order(),
            typeof(Order).Assembly.GetTypes().SelectMany(t => t.GetInterfaces())
                .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventRules<>))
                .Select(i => i.GetGenericArguments()[0].Name).Order());

    [Theory]
    [InlineData("""{"total":"32.00"}""")]
    [InlineData("""{"total":31.999}""")]
    [InlineData("""{"total":-1}""")]
    [InlineData("""{"lines":[]}""")]
    [InlineData("""{"lines":null}""")]
    [InlineData("""{"lines":[null]}""")]
    [InlineData("""{"lines":[{"productId":"mug","quantity":1,"unitPrice":1e30}]}""")]
    [InlineData("""{"lines":[{"productId":"mug","quantity":0,"unitPrice":1}]}""")]
    [InlineData("""{"orderId":"nonsense"}""")]
    public void A_first_version_of_an_order_that_was_never_valid_is_a_problem_and_no_crash(string change)
    {
        var data = JsonSerializer.SerializeToNode(
            new OrderPlacedV1(TheOrder, Customer, [new OrderLineV1(Mug, Pieces(2), 16)], 32, Token), EventJson.Options)!.AsObject();
        Assert.Empty(Validator.Problems("order-placed", 1, JsonSerializer.SerializeToElement(data)));
        var (field, value) = JsonDocument.Parse(change).RootElement.EnumerateObject().Select(p => (p.Name, p.Value)).Single();
        data[field] = JsonSerializer.SerializeToNode(value);

        Assert.Equal(EventProblem.Structure, Assert.Single(Validator.Problems("order-placed", 1, JsonSerializer.SerializeToElement(data))).Rule);
    }
}
