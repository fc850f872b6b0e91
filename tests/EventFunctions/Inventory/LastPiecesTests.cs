using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Costs;
using EventFunctions.Tests.Delivery;

namespace EventFunctions.Tests.Inventory;

/// <summary>Many buyers of few pieces, through the real repository: just as many are sold as there are.</summary>
public sealed class LastPiecesTests
{
    private const int Buyers = 64;
    private const int Pieces = 10;
    private static readonly ProductId Ticket = new("ticket");

    [Fact]
    public async Task Of_64_who_want_one_of_the_last_10_exactly_10_get_it_on_the_store_in_memory()
    {
        await using var world = new ShopWorld();

        await AssertSoldOutAsync(world);
    }

    [Fact]
    public async Task Of_64_who_want_one_of_the_last_10_exactly_10_get_it_on_Cosmos_DB()
    {
        await using var store = await CostStore.StartAsync();
        await using var world = store.Open();

        await AssertSoldOutAsync(world);
    }

    private static async Task AssertSoldOutAsync(ShopWorld world)
    {
        var stock = world.Saga.Get<IAggregateRepository<StockItem, StockItemEvent>>();
        await SendAsync(stock, new Replenish(Ticket, new Quantity(Pieces)), Guid.NewGuid());

        var answers = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => Task.Run(() => BuyAsync(stock))));

        Assert.Equal(Pieces, answers.Count(a => a is CommandResult<StockItem>.Committed));
        Assert.All(
            answers.OfType<CommandResult<StockItem>.Rejected>(), refused => Assert.Equal(StockItemRejections.OutOfStock, refused.Reason.Code));
        Assert.Equal(Buyers - Pieces, answers.Count(a => a is CommandResult<StockItem>.Rejected));
        var item = await world.Saga.StockAsync(Ticket.Value);
        Assert.Equal((Pieces, Pieces, 0), (item.OnHand, item.Reserved, item.Available));
        var reserved = (await world.Saga.EventsAsync(StockItem.StreamOf(Ticket))).Select(e => e.Data).OfType<StockReserved>().ToList();
        Assert.Equal((Pieces, Pieces), (reserved.Count, reserved.Select(e => e.OrderId).Distinct().Count()));
    }

    /// <summary>A buyer whom others came before every time asks again, as any client would, under the same command id.</summary>
    private static async Task<CommandResult<StockItem>> BuyAsync(IAggregateRepository<StockItem, StockItemEvent> stock)
    {
        var (order, command) = (new OrderId(Guid.NewGuid()), Guid.NewGuid());
        CommandResult<StockItem> answer;
        do
        {
            answer = await SendAsync(stock, new Reserve(order, new Quantity(1)), command);
        }
        while (answer is CommandResult<StockItem>.Contended);
        return answer;
    }

    private static Task<CommandResult<StockItem>> SendAsync(
        IAggregateRepository<StockItem, StockItemEvent> stock, StockItemCommand command, Guid commandId) => stock.ExecuteAsync(
            StockItem.StreamOf(Ticket),
            new CommandContext(new EventMetadata(commandId, "corr-1")),
            item => StockItemDecider.Decide(item, command, DateTimeOffset.UnixEpoch));
}
