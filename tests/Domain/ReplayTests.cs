using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
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

namespace EventFunctions.Domain.Tests;

/// <summary>Whatever is commanded: events and snapshots survive JSON, tell the same state, and decide alike.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void Orders_replay() => Replays<Order, OrderEvent, OrderCommand>(Any.OrderCommands, OrderDecider.Decide);

    [Fact]
    public void Stock_replays() => Replays<StockItem, StockItemEvent, StockItemCommand>(Any.StockItemCommands, StockItemDecider.Decide);

    [Fact]
    public void Payments_replay() => Replays<Payment, PaymentEvent, PaymentCommand>(Any.PaymentCommands, PaymentDecider.Decide);

    [Fact]
    public void Shipments_replay() => Replays<Shipment, ShipmentEvent, ShipmentCommand>(Any.ShipmentCommands, ShipmentDecider.Decide);

    [Fact]
    public void Products_replay() => Replays<Product, ProductEvent, ProductCommand>(Any.ProductCommands, ProductDecider.Decide);

    [Fact]
    public void Accounts_replay() => Replays<Customer, CustomerEvent, CustomerCommand>(Any.CustomerCommands, CustomerDecider.Decide);

    [Fact]
    public void Notifications_replay() =>
        Replays<Notification, NotificationEvent, NotificationCommand>(Any.NotificationCommands, NotificationDecider.Decide);

    [Fact]
    public void The_random_commands_reach_every_event()
    {
        Assert.Equal(Closed.CasesOf<OrderEvent>(), Reached<Order, OrderEvent, OrderCommand>(Any.OrderCommands, OrderDecider.Decide));
        Assert.Equal(Closed.CasesOf<StockItemEvent>(), Reached<StockItem, StockItemEvent, StockItemCommand>(Any.StockItemCommands, StockItemDecider.Decide));
        Assert.Equal(Closed.CasesOf<PaymentEvent>(), Reached<Payment, PaymentEvent, PaymentCommand>(Any.PaymentCommands, PaymentDecider.Decide));
        Assert.Equal(Closed.CasesOf<ShipmentEvent>(), Reached<Shipment, ShipmentEvent, ShipmentCommand>(Any.ShipmentCommands, ShipmentDecider.Decide));
        Assert.Equal(Closed.CasesOf<ProductEvent>(), Reached<Product, ProductEvent, ProductCommand>(Any.ProductCommands, ProductDecider.Decide));
        Assert.Equal(Closed.CasesOf<CustomerEvent>(), Reached<Customer, CustomerEvent, CustomerCommand>(Any.CustomerCommands, CustomerDecider.Decide));
        Assert.Equal(
            Closed.CasesOf<NotificationEvent>(),
            Reached<Notification, NotificationEvent, NotificationCommand>(Any.NotificationCommands, NotificationDecider.Decide));
    }

    private static IEnumerable<string> Reached<TState, TEvent, TCommand>(Gen<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent =>
        Any.SequencesOf(commands).Generator.Sample(60, 200)
            .SelectMany(sequence => Simulation<TState, TEvent>.Run(sequence, decide, Sample.Now).History)
            .Select(happened => happened.GetType().Name).Distinct().Order();

    private static void Replays<TState, TEvent, TCommand>(Gen<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent =>
        Prop.ForAll(
            Any.SequencesOf(commands),
            sequence => Json.Dialects.All(options =>
            {
                var run = Simulation<TState, TEvent>.Run(sequence, decide, Sample.Now);

                // As the store works: every event is read back from JSON, and every decision is made on a restored snapshot.
                var events = run.History.Select(e => Json.RoundTrip(e, options)).ToList();
                var replayed = events.Aggregate(TState.Initial, (state, e) => state.Apply(e));
                var restored = Simulation<TState, TEvent>.Run(sequence, (state, command, now) => decide(Json.RoundTrip(state, options), command, now), Sample.Now);
                return events.SequenceEqual(run.History) && restored.History.SequenceEqual(run.History)
                    && Json.Same(replayed, run.End) && Json.Same(Json.RoundTrip(run.End, options), run.End);
            })).QuickCheckThrowOnFailure();
}
