using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;

namespace EventFunctions.Tests.Saga;

/// <summary>What a saga had to leave undone, tried once more.</summary>
public sealed class ResumptionTests : IAsyncDisposable
{
    private static readonly string[] Undos = [OrderSteps.ReleaseStock, OrderSteps.ReversePayment, OrderSteps.WithdrawShipment];
    private readonly SagaWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(OrderSteps.ReleaseStock)]
    [InlineData(OrderSteps.ReversePayment)]
    [InlineData(OrderSteps.WithdrawShipment)]
    [InlineData(OrderSteps.MarkOrderCancelled)]
    public async Task Just_the_undo_that_failed_is_made_and_the_saga_counts_as_compensated(string failing)
    {
        var order = await FailedAsync(failing);
        Assert.All((await HistoryAsync(order)).Result!.NotUndone!, f => Assert.StartsWith(failing, f.Step, StringComparison.Ordinal));
        _world.Dispatcher.Invocations.Clear();

        Assert.Equal(1, await ResumeAsync(order));
        var result = await EndAsync(order, 1);

        Assert.Equal((OrderSagaState.Compensated, "no-way"), (result.State, result.Code));
        await _world.AssertUndoneAsync(order);
        Assert.Equal("no-way", (await _world.OrderAsync(order)).Cancellation!.Code);
        Assert.Equal(
            failing == OrderSteps.MarkOrderCancelled ? [] : [failing],
            _world.Dispatcher.Invocations.Select(i => i.Name).Where(Undos.Contains).Distinct());
    }

    [Fact]
    public async Task An_undo_that_took_effect_though_its_answer_was_lost_is_not_made_twice()
    {
        _world.Dispatcher.After = (activity, _) => activity is OrderSteps.ReversePayment or OrderSteps.ReleaseStock
            ? throw new TimeoutException("The answer is lost.")
            : Task.CompletedTask;
        var order = await RefusedAsync();
        Assert.Equal(4, (await HistoryAsync(order)).Result!.NotUndone!.Count);
        await _world.AssertUndoneAsync(order);
        _world.Dispatcher.After = (_, _) => Task.CompletedTask;
        var before = await MoneyAndStockEventsAsync(order);

        await ResumeAsync(order);

        Assert.Equal(OrderSagaState.Compensated, (await EndAsync(order, 1)).State);
        await _world.AssertUndoneAsync(order);
        Assert.Equal(before, await MoneyAndStockEventsAsync(order));
    }

    [Fact]
    public async Task A_resumption_that_fails_in_turn_can_be_followed_by_another()
    {
        var order = await FailedAsync(OrderSteps.ReversePayment);
        _world.Dispatcher.Before = Fail(OrderSteps.ReversePayment);

        await ResumeAsync(order);
        var first = await EndAsync(order, 1);
        _world.Dispatcher.Before = (_, _) => Task.CompletedTask;
        Assert.Equal(2, await ResumeAsync(order));
        var second = await EndAsync(order, 2);

        Assert.Equal((OrderSagaState.CompensationFailed, OrderSagaState.Compensated), (first.State, second.State));
        Assert.Equal(OrderSteps.ReversePayment, Assert.Single(first.NotUndone!).Step);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task Five_operators_at_once_start_one_resumption_and_afterwards_there_is_nothing_to_resume()
    {
        var order = await FailedAsync(OrderSteps.ReversePayment);
        var history = await HistoryAsync(order);
        var resumer = _world.Get<OrderSagaResumer>();

        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Task.Run(() => resumer.ResumeAsync(_world.Client, history, CancellationToken.None))));

        Assert.All(numbers, n => Assert.Equal(1, n));
        Assert.Equal(OrderSagaState.Compensated, (await EndAsync(order, 1)).State);
        Assert.Null(await _world.Client.GetInstanceAsync(ResumeOrderSaga.InstanceIdOf(order.ToString(), 2)));
        Assert.Null(await ResumeAsync(order));
        Assert.Equal(1, _world.Payments.Calls.Count(c => c == "refund"));
        await _world.AssertUndoneAsync(order);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_of_which_it_is_not_known_whether_it_was_shipped_goes_the_way_that_the_order_tells(bool wasShipped)
    {
        _world.Dispatcher.Before = Fail(wasShipped ? [OrderSteps.MarkOrderCancelled] : [OrderSteps.MarkOrderShipped, OrderSteps.MarkOrderCancelled]);
        _world.Dispatcher.After = (activity, _) => activity == OrderSteps.MarkOrderShipped ? throw new TimeoutException("The answer is lost.") : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal((OrderSagaState.CompensationFailed, true), await _world.RunAsync(order) is var end ? (end.State, end.IsShipmentUnknown) : default);

        _world.Dispatcher.Before = Fail(OrderSteps.MarkOrderCancelled);
        await ResumeAsync(order);
        Assert.True((await EndAsync(order, 1)).IsShipmentUnknown);
        Assert.Equal(1, _world.Carrier.ActiveShipments);
        _world.Dispatcher.Before = (_, _) => Task.CompletedTask;
        await ResumeAsync(order);
        var result = await EndAsync(order, 2);

        if (wasShipped)
        {
            Assert.Equal(OrderSagaState.Completed, result.State);
            await _world.SendAsync(order, o => OrderDecider.Decide(o, new DeliverOrder(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch));
            await _world.AssertSoldAsync(order);
        }
        else
        {
            Assert.Equal(OrderSagaState.Compensated, result.State);
            await _world.AssertUndoneAsync(order);
        }
    }

    [Fact]
    public async Task Stock_that_could_not_be_told_of_a_shipped_order_is_told()
    {
        _world.Dispatcher.Before = Fail(OrderSteps.CommitStock);
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal(3, (await _world.RunAsync(order)).NotCommitted!.Count);

        _world.Dispatcher.Before = (_, _) => Task.CompletedTask;
        await ResumeAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await EndAsync(order, 1)).State);
        await _world.AssertSoldAsync(order);
        Assert.Null(await ResumeAsync(order));
    }

    [Fact]
    public async Task A_delivery_that_could_not_be_recorded_is_recorded()
    {
        _world.Dispatcher.Before = Fail(OrderSteps.MarkOrderDelivered);
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        var ended = await _world.RunAsync(order);
        Assert.Equal(
            (OrderSagaState.CompletionFailed, OrderSteps.MarkOrderDelivered, DateTimeOffset.UnixEpoch), (ended.State, ended.FailedStep, ended.NotRecordedDelivery));

        _world.Dispatcher.Before = (_, _) => Task.CompletedTask;
        await ResumeAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await EndAsync(order, 1)).State);
        await _world.AssertSoldAsync(order);
    }

    private static Func<string, string, Task> Fail(params string[] steps) =>
        (activity, _) => steps.Contains(activity) ? throw new StoreUnavailableException("The store is away.") : Task.CompletedTask;

    /// <summary>An order whose last step is refused, and one of whose undos gives up.</summary>
    private async Task<OrderId> FailedAsync(string failing)
    {
        _world.Dispatcher.Before = Fail(failing);
        var order = await RefusedAsync();
        _world.Dispatcher.Before = (_, _) => Task.CompletedTask;
        return order;
    }

    private async Task<OrderId> RefusedAsync()
    {
        _world.Dispatcher.Instead = activity => activity == OrderSteps.MarkOrderShipped ? StepOutcome.Refused("no-way", "No way.") : null;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal((OrderSagaState.CompensationFailed, "no-way"), await _world.RunAsync(order) is var end ? (end.State, end.Code) : default);
        return order;
    }

    private async Task<OrderSagaHistory> HistoryAsync(OrderId order) =>
        (await OrderSagaHistory.FindAsync(_world.Client, order, CancellationToken.None))!;

    private async Task<int?> ResumeAsync(OrderId order) =>
        await _world.Get<OrderSagaResumer>().ResumeAsync(_world.Client, await HistoryAsync(order), CancellationToken.None);

    private Task<OrderSagaResult> EndAsync(OrderId order, int number) => _world.EndAsync(ResumeOrderSaga.InstanceIdOf(order.ToString(), number));

    private async Task<int> MoneyAndStockEventsAsync(OrderId order)
    {
        var count = (await _world.EventsAsync(Domain.Payments.Payment.StreamOf(order))).Count;
        foreach (var product in SagaWorld.Products)
        {
            count += (await _world.EventsAsync(Domain.Inventory.StockItem.StreamOf(new ProductId(product)))).Count;
        }

        return count;
    }
}
