using System.Reflection;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;
using CustomerDomain = EventFunctions.Domain.Customers;

namespace EventFunctions.Domain.Tests;

/// <summary>What the events say of the commands that raise them is what the deciders do.</summary>
public sealed class RaisedByTests
{
    private const int Steps = 6;

    [Fact]
    public void Orders() => Check<Order, OrderEvent, OrderCommand>(
        [
            new PlaceOrder(TheOrder, Customer, Lines, Home, Token), new PlaceOrder(TheOrder, Customer, Lines, Home, Token, NeedsReview: true),
            new ApproveOrder("reviewer-1"), new ConfirmOrder(), new PayOrder(Lines.Total), new ShipOrder("T-1"),
            new DeliverOrder(Earlier), new CancelOrder("customer-request", "Changed my mind."),
        ],
        Any.OrderCommands,
        OrderDecider.Decide);

    [Fact]
    public void Stock() => Check<StockItem, StockItemEvent, StockItemCommand>(
        [
            new Replenish(Mug, Pieces(2), 5), new Replenish(Mug, Pieces(10), 5), new Reserve(TheOrder, Pieces(4)), new Reserve(OtherOrder, Pieces(4)),
            new Release(TheOrder), new Commit(TheOrder), new Release(OtherOrder),
        ],
        Any.StockItemCommands,
        StockItemDecider.Decide);

    [Fact]
    public void Payments() => Check<Payment, PaymentEvent, PaymentCommand>(
        [
            new StartPayment(TheOrder, Euros(5)), new RecordAuthorization(Euros(5), "auth-1"), new RecordCapture(Euros(5), "cap-1"),
            new RecordFailure("declined", "No."), new RecordVoid("auth-1"), new RecordRefund(Euros(5), "ref-1"),
        ],
        Any.PaymentCommands,
        PaymentDecider.Decide);

    [Fact]
    public void Shipments() => Check<Shipment, ShipmentEvent, ShipmentCommand>(
        [
            new CreateShipment(TheOrder, "car-1", "T-1", Home), new DispatchShipment(), new DeliverShipment(Earlier), new CancelShipment("Order cancelled."),
        ],
        Any.ShipmentCommands,
        ShipmentDecider.Decide);

    [Fact]
    public void Products() => Check<Product, ProductEvent, ProductCommand>(
        [
            new CreateProduct(Mug, MugSku, MugName, About, Shelf, Euros(5)), new UpdateProduct(MugName, About, Shelf, Euros(6)),
            new ActivateProduct(), new DeactivateProduct(), new DeleteProduct(),
        ],
        Any.ProductCommands,
        ProductDecider.Decide);

    [Fact]
    public void Accounts() => Check<CustomerDomain.Customer, CustomerDomain.CustomerEvent, CustomerDomain.CustomerCommand>(
        [
            new CustomerDomain.RegisterCustomer(Customer, Ada, Mailbox, Preferences), new CustomerDomain.ConfirmAddress(1), new CustomerDomain.ConfirmAddress(2), new CustomerDomain.ReactivateCustomer(),
            new CustomerDomain.UpdateCustomer(Ada, Phone), new CustomerDomain.ChangeEmail(NewMailbox), new CustomerDomain.PromoteCustomer(CustomerDomain.CustomerTier.Gold),
            new CustomerDomain.UpdatePreferences(CustomerDomain.CustomerPreferences.Default), new CustomerDomain.RecordLogin(new SessionId("s"), Earlier), new CustomerDomain.RecordLogout(new SessionId("s"), Earlier),
            new CustomerDomain.DeactivateCustomer("why", "Because."), new CustomerDomain.ExpireRegistration(), new CustomerDomain.EraseCustomer(),
        ],
        Any.CustomerCommands,
        CustomerDomain.CustomerDecider.Decide);

    [Fact]
    public void Notifications() => Check<Notification, NotificationEvent, NotificationCommand>(
        [new RecordNotification(TheNotification, "order-shipped", NotificationChannel.Email, LanguageTag.English, Customer)],
        Any.NotificationCommands,
        NotificationDecider.Decide);

    private static void Check<TState, TEvent, TCommand>(
        IReadOnlyList<TCommand> commands, Gen<TCommand> anyCommand, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
        where TCommand : notnull
    {
        var declared = typeof(TEvent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(TEvent)) && !t.IsAbstract)
            .SelectMany(e => e.GetCustomAttribute<RaisedByAttribute>()?.Commands.Select(c => (Command: c.Name, Event: e.Name)) ?? [])
            .ToHashSet();
        Assert.Equal(Closed.CasesOf<TCommand>(), commands.Select(c => c.GetType().Name).Distinct().Order());

        var raised = Exploration.RaisedBy<TState, TEvent, TCommand>(commands, decide, Steps);
        Assert.Equal(declared.Order(), raised.Order());

        // And nothing else, whatever is commanded.
        Prop.ForAll(Any.SequencesOf(anyCommand), sequence =>
        {
            var steps = Simulation<TState, TEvent>.Run(sequence, decide, Now).Steps;
            return sequence.Zip(steps).All(s => s.Second.Events.All(e => declared.Contains((s.First.GetType().Name, e.GetType().Name))));
        }).QuickCheckThrowOnFailure();
    }
}
