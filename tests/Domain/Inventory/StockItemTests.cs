using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Inventory;

public sealed class StockItemTests
{
    private static readonly AggregateSpecification<StockItem, StockItemEvent, StockItemCommand> Stock = new(StockItemDecider.Decide, Now);

    private static readonly StockReplenished TenIn = new(Mug, Pieces(10), 0);

    private static readonly Dictionary<string, StockItemEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Stocked"] = [TenIn],
        ["Reserved"] = [TenIn, new StockReserved(Mug, TheOrder, Pieces(4))],
        ["Released"] = [TenIn, new StockReserved(Mug, TheOrder, Pieces(4)), new StockReleased(Mug, TheOrder, Pieces(4))],
        ["Committed"] = [TenIn, new StockReserved(Mug, TheOrder, Pieces(4)), new StockCommitted(Mug, TheOrder, Pieces(4))],
    };

    private static readonly Dictionary<string, StockItemCommand> Commands = new()
    {
        ["Replenish"] = new Replenish(Mug, Pieces(1)),
        ["Replenish other"] = new Replenish(Lamp, Pieces(1)),
        ["Reserve"] = new Reserve(TheOrder, Pieces(4)),
        ["Reserve more"] = new Reserve(TheOrder, Pieces(5)),
        ["Reserve too many"] = new Reserve(OtherOrder, Pieces(11)),
        ["Release"] = new Release(TheOrder),
        ["Release other"] = new Release(OtherOrder),
        ["Commit"] = new Commit(TheOrder),
    };

    private static readonly DecisionTable Table = new("""
        command          | None                   | Stocked                 | Reserved                | Released                | Committed
        Replenish        | stock-replenished      | stock-replenished       | stock-replenished       | stock-replenished       | stock-replenished
        Replenish other  | stock-replenished      | !stock-product-mismatch | !stock-product-mismatch | !stock-product-mismatch | !stock-product-mismatch
        Reserve          | !stock-item-not-found  | stock-reserved          | -                       | !reservation-released   | -
        Reserve more     | !stock-item-not-found  | stock-reserved          | !reservation-conflict   | !reservation-released   | !reservation-conflict
        Reserve too many | !stock-item-not-found  | !out-of-stock           | !out-of-stock           | !out-of-stock           | !out-of-stock
        Release          | -                      | -                       | stock-released          | -                       | !reservation-committed
        Release other    | -                      | -                       | -                       | -                       | -
        Commit           | !reservation-not-found | !reservation-not-found  | stock-committed         | !reservation-released   | -
        """);

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome) =>
        Assert.Equal(outcome, Stock.Given(Histories[state]).When(Commands[command]).InShort());

    [Fact]
    public void The_table_has_every_command_and_together_with_the_limits_every_code()
    {
        Assert.Equal(Closed.CasesOf<StockItemCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        string[] limits = [StockItemRejections.TooMuch, StockItemRejections.ThresholdRange, StockItemRejections.TooManyReservations];
        Assert.Equal(StockItemRejections.All.Order(), Table.Codes.Concat(limits).Order());
        Assert.Equal(StockItemRejections.All, Closed.CodesOf(typeof(StockItemRejections)));
    }

    [Fact]
    public void A_reservation_may_take_the_last_piece_but_no_more()
    {
        var sixLeft = Stock.Given(Histories["Reserved"]);
        sixLeft.When(new Reserve(OtherOrder, Pieces(6))).Then(new StockReserved(Mug, OtherOrder, Pieces(6)));
        sixLeft.When(new Reserve(OtherOrder, Pieces(7))).ThenRefused(StockItemRejections.OutOfStock);
    }

    [Fact]
    public void Committed_pieces_leave_and_released_ones_stay()
    {
        Assert.Equal((6, 0, 6), Levels(Stock.Given(Histories["Committed"]).State));
        Assert.Equal((10, 0, 10), Levels(Stock.Given(Histories["Released"]).State));
        Assert.Equal((10, 4, 6), Levels(Stock.Given(Histories["Reserved"]).State));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Quantity.MaxValue + 1)]
    public void A_threshold_outside_its_range_is_refused(int threshold) =>
        Stock.Given().When(new Replenish(Mug, Pieces(1), threshold)).ThenRefused(StockItemRejections.ThresholdRange);

    [Fact]
    public void A_threshold_that_is_not_named_stays() =>
        Stock.Given(new StockReplenished(Mug, Pieces(10), 3)).When(new Replenish(Mug, Pieces(2))).Then(new StockReplenished(Mug, Pieces(2), 3));

    [Fact]
    public void Low_stock_is_alerted_once_for_each_fall()
    {
        StockItemEvent[] history = [new StockReplenished(Mug, Pieces(10), 5), new StockReserved(Mug, OtherOrder, Pieces(5))];
        Assert.Equal("stock-reserved", Stock.Given(history[0]).When(new Reserve(OtherOrder, Pieces(5))).InShort());

        StockItemEvent[] fall = [new StockReserved(Mug, TheOrder, Pieces(1)), new LowStockAlerted(Mug, 4, 5)];
        Stock.Given(history).When(new Reserve(TheOrder, Pieces(1))).Then(fall);
        StockItemEvent[] low = [.. history, .. fall];
        Stock.Given(low).When(new Reserve(ThirdOrder, Pieces(1))).Then(new StockReserved(Mug, ThirdOrder, Pieces(1)));

        StockItemEvent[] recovered = [.. low, new StockReleased(Mug, OtherOrder, Pieces(5))];
        Stock.Given(recovered).When(new Reserve(ThirdOrder, Pieces(6))).Then(new StockReserved(Mug, ThirdOrder, Pieces(6)), new LowStockAlerted(Mug, 3, 5));
    }

    [Fact]
    public void Stock_that_comes_in_below_its_threshold_is_low() =>
        Stock.Given().When(new Replenish(Mug, Pieces(2), 5)).Then(new StockReplenished(Mug, Pieces(2), 5), new LowStockAlerted(Mug, 2, 5));

    [Fact]
    public void No_more_is_kept_on_hand_than_the_limit()
    {
        var full = StockItem.Initial with { ProductId = Mug, OnHand = StockItem.MaxOnHand - 1 };
        var scenario = Stock.GivenState(full);
        scenario.When(new Replenish(Mug, Pieces(1))).Then(new StockReplenished(Mug, Pieces(1), 0));
        scenario.When(new Replenish(Mug, Pieces(2))).ThenRefused(StockItemRejections.TooMuch);
    }

    [Fact]
    public void So_many_orders_reserve_and_no_more_but_what_is_reserved_can_still_end()
    {
        var history = Enumerable.Range(1, StockItem.MaxReservations).Select(StockItemEvent (n) => new StockReserved(Mug, Numbered(n), Pieces(1)));
        var crowded = Stock.Given([new StockReplenished(Mug, Pieces(Quantity.MaxValue), 0), .. history]);
        crowded.When(new Reserve(TheOrder, Pieces(1))).ThenRefused(StockItemRejections.TooManyReservations);
        crowded.When(new Release(Numbered(1))).Then(new StockReleased(Mug, Numbered(1), Pieces(1)));
        crowded.When(new Commit(Numbered(2))).Then(new StockCommitted(Mug, Numbered(2), Pieces(1)));
    }

    [Fact]
    public void Only_the_newest_ended_reservations_are_remembered()
    {
        var history = Enumerable.Range(1, StockItem.ClosedReservationsKept + 1).SelectMany(IEnumerable<StockItemEvent> (n) =>
            [new StockReserved(Mug, Numbered(n), Pieces(1)), new StockReleased(Mug, Numbered(n), Pieces(1))]);
        var busy = Stock.Given([TenIn, .. history]);
        Assert.Equal(StockItem.ClosedReservationsKept, busy.State.ClosedReservations.Count);
        busy.When(new Reserve(Numbered(2), Pieces(1))).ThenRefused(StockItemRejections.ReservationReleased);
        busy.When(new Reserve(Numbered(1), Pieces(1))).Then(new StockReserved(Mug, Numbered(1), Pieces(1)));
    }

    [Fact]
    public void Stock_is_never_negative_nor_oversold_and_adds_up() =>
        Prop.ForAll(
            Any.SequencesOf(Any.StockItemCommands),
            commands =>
            {
                var run = Simulation<StockItem, StockItemEvent>.Run(commands, StockItemDecider.Decide, Now);
                var came = run.History.OfType<StockReplenished>().Sum(e => e.Quantity.Value);
                var left = run.History.OfType<StockCommitted>().Sum(e => e.Quantity.Value);
                return run.End.OnHand == came - left && run.Steps.All(s => s.After is var stock
                    && stock.Reserved >= 0 && stock.Reserved <= stock.OnHand && stock.Available >= 0
                    && stock.Reserved == stock.Reservations.Values.Sum(q => q.Value));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_alert_is_raised_just_when_stock_becomes_low() =>
        Prop.ForAll(
            Any.SequencesOf(Any.StockItemCommands),
            commands => Simulation<StockItem, StockItemEvent>.Run(commands, StockItemDecider.Decide, Now).Steps.All(step =>
                step.After.LowStockAlerted == IsLow(step.After)
                && step.Events.OfType<LowStockAlerted>().Count() == (IsLow(step.After) && !IsLow(step.Before) ? 1 : 0))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_order_that_was_released_is_never_reserved_again() =>
        Prop.ForAll(
            Any.SequencesOf(Any.StockItemCommands),
            commands =>
            {
                var run = Simulation<StockItem, StockItemEvent>.Run(commands, StockItemDecider.Decide, Now);
                return run.History.OfType<StockReserved>().GroupBy(e => e.OrderId).All(g => g.Count() == 1)
                    || run.History.Count(e => e is StockReleased or StockCommitted) > StockItem.ClosedReservationsKept;
            }).QuickCheckThrowOnFailure();

    private static bool IsLow(StockItem stock) => stock.Available < stock.LowStockThreshold;

    private static (int OnHand, int Reserved, int Available) Levels(StockItem stock) => (stock.OnHand, stock.Reserved, stock.Available);

    private static OrderId Numbered(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
