using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Ordering;

public sealed class OrderTests
{
    private static readonly AggregateSpecification<Order, OrderEvent, OrderCommand> Orders = new(OrderDecider.Decide, Now);

    private static readonly OrderEvent[] Life =
    [
        new OrderPlaced(TheOrder, Customer, Lines, Lines.Total, Home, Token),
        new OrderConfirmed(TheOrder, Customer),
        new OrderPaid(TheOrder, Customer, Lines.Total),
        new OrderShipped(TheOrder, Customer, "T-1"),
        new OrderDelivered(TheOrder, Customer, Earlier),
    ];

    private static readonly OrderCancelled Cancelled = new(TheOrder, Customer, "out-of-stock", "No mugs.");

    private static readonly PlaceOrder Place = new(TheOrder, Customer, Lines, Home, Token);

    private static readonly Dictionary<string, OrderEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Placed"] = Life[..1],
        ["Confirmed"] = Life[..2],
        ["Paid"] = Life[..3],
        ["Shipped"] = Life[..4],
        ["Delivered"] = Life[..5],
        ["Cancelled"] = [.. Life[..2], Cancelled],
    };

    private static readonly Dictionary<string, OrderCommand> Commands = new()
    {
        ["PlaceOrder"] = Place,
        ["PlaceOrder other"] = Place with { Lines = [Lines[0]] },
        ["PlaceOrder nowhere"] = Place with { ShippingAddress = Address.NotRecorded },
        ["ApproveOrder"] = new ApproveOrder("reviewer-1"),
        ["ConfirmOrder"] = new ConfirmOrder(),
        ["PayOrder"] = new PayOrder(Lines.Total),
        ["PayOrder other"] = new PayOrder(Euros(1)),
        ["ShipOrder"] = new ShipOrder("T-1"),
        ["ShipOrder other"] = new ShipOrder("T-2"),
        ["DeliverOrder"] = new DeliverOrder(Earlier),
        ["CancelOrder"] = new CancelOrder("customer-request", "Changed my mind."),
    };

    private static readonly DecisionTable Table = new("""
        command            | None                        | Placed                      | Confirmed                   | Paid                        | Shipped                     | Delivered                   | Cancelled
        PlaceOrder         | order-placed                | -                           | -                           | -                           | -                           | -                           | -
        PlaceOrder other   | order-placed                | !order-already-placed       | !order-already-placed       | !order-already-placed       | !order-already-placed       | !order-already-placed       | !order-already-placed
        PlaceOrder nowhere | !order-address-not-recorded | !order-address-not-recorded | !order-address-not-recorded | !order-address-not-recorded | !order-address-not-recorded | !order-address-not-recorded | !order-address-not-recorded
        ApproveOrder       | !order-not-found            | !order-without-review       | !order-without-review       | !order-without-review       | !order-without-review       | !order-without-review       | !order-cancelled
        ConfirmOrder       | !order-not-found            | order-confirmed             | -                           | -                           | -                           | -                           | !order-cancelled
        PayOrder           | !order-not-found            | !order-status               | order-paid                  | -                           | -                           | -                           | !order-cancelled
        PayOrder other     | !order-not-found            | !order-amount-mismatch      | !order-amount-mismatch      | !order-amount-mismatch      | !order-amount-mismatch      | !order-amount-mismatch      | !order-amount-mismatch
        ShipOrder          | !order-not-found            | !order-status               | !order-status               | order-shipped               | -                           | -                           | !order-cancelled
        ShipOrder other    | !order-not-found            | !order-status               | !order-status               | order-shipped               | !order-already-shipped      | !order-already-shipped      | !order-cancelled
        DeliverOrder       | !order-not-found            | !order-status               | !order-status               | !order-status               | order-delivered             | -                           | !order-cancelled
        CancelOrder        | !order-not-found            | order-cancelled             | order-cancelled             | order-cancelled             | !order-not-cancellable      | !order-not-cancellable      | -
        """);

    private static readonly Dictionary<string, OrderLine[]> BrokenLines = new()
    {
        [OrderRejections.LinesCount] = [.. Enumerable.Range(0, 91).Select(n => new OrderLine(new ProductId($"p{n}"), Pieces(1), Euros(1)))],
        [OrderRejections.DuplicateProduct] = [Lines[0], Lines[1], Lines[0]],
        [OrderRejections.MixedCurrencies] = [Lines[0], new OrderLine(Lamp, Pieces(1), new Money(1, Dollar))],
        [OrderRejections.TotalTooLarge] = [Lines[0], new OrderLine(Lamp, Pieces(1), Euros(Money.MaxAmount))],
        [OrderRejections.TotalZero] = [new OrderLine(Mug, Pieces(3), Euros(0))],
    };

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    public static TheoryData<string> BrokenRules => [.. BrokenLines.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome)
    {
        var past = Orders.Given(Histories[state]);
        Assert.Equal(state, past.State.Status.ToString());
        Assert.Equal(outcome, past.When(Commands[command]).InShort());
    }

    [Fact]
    public void The_table_has_every_command_state_and_code()
    {
        Assert.Equal(Closed.CasesOf<OrderCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Enum.GetNames<OrderStatus>(), Table.States);
        Assert.Equal(OrderRejections.All.Order(), Table.Codes.Concat(BrokenLines.Keys).Append(OrderRejections.ReviewPending).Append(OrderRejections.AlreadyApproved).Order());
        Assert.Equal(OrderRejections.All, Closed.CodesOf(typeof(OrderRejections)));
    }

    [Fact]
    public void A_new_order_has_its_total_and_all_that_was_asked() =>
        Orders.Given().When(Place with { Flow = OrderFlow.Choreography })
            .Then(new OrderPlaced(TheOrder, Customer, Lines, Euros(32), Home, Token, OrderFlow.Choreography));

    [Fact]
    public void An_order_that_needs_a_review_is_confirmed_only_after_it()
    {
        OrderEvent[] reviewed = [(OrderPlaced)Life[0] with { NeedsReview = true }];
        var approved = new OrderApproved(TheOrder, Customer, "reviewer-1");

        Orders.Given().When(Place with { NeedsReview = true }).Then(reviewed);
        Orders.Given(reviewed).When(new ConfirmOrder()).ThenRefused(OrderRejections.ReviewPending);
        Orders.Given(reviewed).When(new ApproveOrder("reviewer-1")).Then(approved);
        Orders.Given([.. reviewed, approved]).When(new ApproveOrder("reviewer-2")).ThenNothing();
        Orders.Given([.. reviewed, approved]).When(new ConfirmOrder()).Then(new OrderConfirmed(TheOrder, Customer));
        Orders.Given(reviewed).When(new CancelOrder("review-rejected", "Too much.")).Then(new OrderCancelled(TheOrder, Customer, "review-rejected", "Too much."));
    }

    [Fact]
    public void Who_leads_an_order_and_whether_it_is_reviewed_is_settled_when_it_is_placed_first()
    {
        Orders.Given(Life[0]).When(Place with { Flow = OrderFlow.Orchestration }).ThenNothing();
        Orders.Given(Life[0]).When(Place with { Flow = OrderFlow.Choreography, NeedsReview = true }).ThenNothing();
    }

    [Fact]
    public void Every_part_of_a_placed_order_counts_when_it_is_placed_again()
    {
        var placed = Orders.Given(Life[0]);
        placed.When(Place with { OrderId = OtherOrder }).ThenRefused(OrderRejections.AlreadyPlaced);
        placed.When(Place with { CustomerId = new CustomerId("other") }).ThenRefused(OrderRejections.AlreadyPlaced);
        placed.When(Place with { ShippingAddress = new Address("B", "B", null, "1", "C", "DE") }).ThenRefused(OrderRejections.AlreadyPlaced);
        placed.When(Place with { PaymentToken = new PaymentToken("tok_other") }).ThenRefused(OrderRejections.AlreadyPlaced);
    }

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void Lines_that_break_a_rule_are_refused(string code)
    {
        Orders.Given().When(Place with { Lines = BrokenLines[code] }).ThenRefused(code);
        Assert.Throws<ArgumentException>(() => new OrderLines(BrokenLines[code]));
    }

    [Fact]
    public void An_order_without_lines_is_refused_and_one_with_90_is_not()
    {
        Orders.Given().When(Place with { Lines = [] }).ThenRefused(OrderRejections.LinesCount);
        Assert.Equal("order-placed", Orders.Given().When(Place with { Lines = BrokenLines[OrderRejections.LinesCount][..90] }).InShort());
    }

    [Fact]
    public void The_first_cancellations_reason_stays()
    {
        var cancelled = Orders.Given(Life[0], Cancelled);
        cancelled.When(new CancelOrder("customer-request", "Late.")).ThenNothing();
        Assert.Equal(new OrderCancellation("out-of-stock", "No mugs."), cancelled.State.Cancellation);
    }

    [Fact]
    public void A_long_reason_is_cut_but_never_inside_a_character() =>
        Orders.Given(Life[0]).When(new CancelOrder("why", new string('x', 499) + "😀 and more"))
            .Then(new OrderCancelled(TheOrder, Customer, "why", new string('x', 499)));

    [Fact]
    public void A_delivery_in_the_future_was_now_and_in_utc()
    {
        Orders.Given(Life[..4]).When(new DeliverOrder(Now.AddMinutes(5))).Then(new OrderDelivered(TheOrder, Customer, Now));
        Orders.Given(Life[..4]).When(new DeliverOrder(Earlier.ToOffset(TimeSpan.FromHours(2)))).Then(new OrderDelivered(TheOrder, Customer, Earlier));

        // Equality of times looks at the moment only.
        var reported = Simulation<Order, OrderEvent>.Run<OrderCommand>(
            [Place, new ConfirmOrder(), new PayOrder(Lines.Total), new ShipOrder("T-1"), new DeliverOrder(Earlier.ToOffset(TimeSpan.FromHours(2)))],
            OrderDecider.Decide, Now);
        Assert.Equal(TimeSpan.Zero, reported.End.DeliveredAt!.Value.Offset);
    }

    [Fact]
    public void The_status_only_moves_along_its_diagram() =>
        Prop.ForAll(
            Any.SequencesOf(Any.OrderCommands),
            commands => Simulation<Order, OrderEvent>.Run(commands, OrderDecider.Decide, Now).Steps.All(step =>
                step.Events.Count == 0
                    ? ReferenceEquals(step.Before, step.After)
                    : step.After.Status == OrderStatus.Cancelled
                        ? step.Before.Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Paid
                        : step.Events is [OrderApproved]
                            ? (step.Before.Status, step.After.Status) == (OrderStatus.Placed, OrderStatus.Placed)
                            : step.After.Status == step.Before.Status + 1)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_total_is_the_sum_of_the_lines_and_at_most_90_products() =>
        Prop.ForAll(
            Arb.From(Any.LineArrays),
            lines =>
            {
                var sum = lines.Sum(l => l.Quantity.Value * l.UnitPrice.Amount);
                var valid = lines.Length is >= 1 and <= 90 && lines.DistinctBy(l => l.ProductId).Count() == lines.Length && sum is > 0 and <= Money.MaxAmount;
                var end = Simulation<Order, OrderEvent>.Run([Place with { Lines = lines }], OrderDecider.Decide, Now);
                return valid ? ((OrderPlaced)end.History.Single()).Total == Euros(sum) && end.End.Lines!.Total == Euros(sum) : end.History.Count == 0;
            }).QuickCheckThrowOnFailure();
}
