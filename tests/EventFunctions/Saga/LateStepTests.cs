using System.Collections.Concurrent;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Tests.Saga;

/// <summary>Activities run at least once: an attempt may take effect late, twice, or after everything was undone.</summary>
public sealed class LateStepTests : IAsyncDisposable
{
    private static readonly string[] ForwardSteps =
    [
        OrderSteps.ReserveStock, OrderSteps.AuthorizePayment, OrderSteps.ConfirmOrder, OrderSteps.CapturePayment, OrderSteps.MarkOrderPaid,
        OrderSteps.CreateShipment, OrderSteps.MarkOrderShipped, OrderSteps.CommitStock,
    ];

    private readonly SagaWorld _world = new();

    /// <summary>Every step whose failure is followed by compensation.</summary>
    public static TheoryData<string> CompensatedSteps =>
    [
        OrderSteps.ReserveStock, OrderSteps.AuthorizePayment, OrderSteps.ConfirmOrder, OrderSteps.CapturePayment, OrderSteps.MarkOrderPaid,
        OrderSteps.CreateShipment, OrderSteps.MarkOrderShipped,
    ];

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(CompensatedSteps))]
    public async Task Steps_that_run_once_more_after_a_compensation_change_nothing(string failing)
    {
        _world.Dispatcher.Before = (activity, _) => activity == failing
            ? throw new ProviderUnavailableException("Nobody", failing, "the request never arrived")
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal(OrderSagaState.Compensated, (await _world.RunAsync(order)).State);

        await RunAgainAsync();

        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task A_reservation_that_was_refused_and_runs_again_when_there_is_stock_is_given_back()
    {
        await _world.StartAsync("apple", "plum");
        var order = await _world.PlaceAsync();
        Assert.Equal("out-of-stock", (await _world.RunAsync(order)).Code);
        await StockUpAsync("pear", SagaWorld.InitialStock);

        await RunAgainAsync();

        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task Steps_that_run_once_more_after_a_delivery_change_nothing()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        Assert.Equal(OrderSagaState.Completed, (await _world.RunAsync(order)).State);

        await RunAgainAsync();

        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task A_capture_that_takes_effect_between_the_look_and_the_void_is_refunded()
    {
        _world.Payments.CapturesArriveWithTheVoid = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "payment-unavailable"), (result.State, result.Code));
        Assert.Equal(30m, _world.Payments.Held(order.ToString())!.Refunded);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task An_authorisation_the_ledger_does_not_show_yet_is_voided_when_it_does()
    {
        _world.Payments.DeclineCapture = "capture-declined";
        _world.Payments.ShowsFromLook = 2;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "capture-declined"), (result.State, result.Code));
        Assert.True(_world.Payments.Held(order.ToString())!.IsVoided);
    }

    [Fact]
    public async Task An_authorisation_that_arrives_after_the_payment_was_given_up_is_voided_by_the_step_itself()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        var trace = new SagaTrace(order.ToString(), "corr-1");
        _world.Payments.WhileAuthorizing = () => CallAsync(trace, OrderSteps.ReversePayment);

        await CallAsync(trace, OrderSteps.AuthorizePayment);

        Assert.True(_world.Payments.Held(order.ToString())!.IsVoided);
        Assert.Equal(Domain.Payments.PaymentStatus.Voided, (await _world.PaymentAsync(order)).Status);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_on_a_busy_product_is_not_made_or_undone_twice()
    {
        var lost = new ConcurrentDictionary<string, int>();
        _world.Dispatcher.After = async (activity, _) =>
        {
            if (activity == OrderSteps.CommitStock && lost.TryAdd(activity, 1))
            {
                foreach (var product in SagaWorld.Products)
                {
                    await BuyAndReturnAsync(product, StockItem.ClosedReservationsKept + 1);
                }

                throw new TimeoutException("The answer is lost.");
            }
        };
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        Assert.Equal(OrderSagaState.Completed, (await _world.RunAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task Stock_that_cannot_be_told_of_a_shipped_order_neither_stops_the_delivery_nor_is_kept_quiet()
    {
        _world.Dispatcher.Before = (activity, _) => activity == OrderSteps.CommitStock
            ? throw new StoreUnavailableException("The store is away.")
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal(
            (OrderSagaState.CompletionFailed, "stock-unavailable", OrderSteps.CommitStock), (result.State, result.Code, result.FailedStep));
        Assert.Equal(OrderStatus.Delivered, (await _world.OrderAsync(order)).Status);
        Assert.Equal(30m, _world.Payments.Held(order.ToString())!.Captured);
    }

    /// <summary>Runs every forward step the saga ran once more, as a work item does that was taken for lost.</summary>
    private async Task RunAgainAsync()
    {
        _world.Dispatcher.Before = _world.Dispatcher.Effect = (_, _) => Task.CompletedTask;
        var late = _world.Dispatcher.Invocations.Where(i => ForwardSteps.Contains(i.Name)).DistinctBy(i => i.SerializedInput).ToList();
        Assert.NotEmpty(late);
        foreach (var invocation in late)
        {
            await RunLateAsync(invocation);
        }
    }

    private async Task RunLateAsync(ActivityInvocation invocation)
    {
        try
        {
            await _world.Dispatcher.RunActivityAsync(invocation, CancellationToken.None);
        }
        catch (Exception exception) when (exception is ProviderContractException or InvalidOperationException)
        {
            // A late step may fail, for nobody waits for it; it must only not change anything.
        }
    }

    private Task<string?> CallAsync(SagaTrace trace, string step) => _world.Dispatcher.RunActivityAsync(
        new ActivityInvocation(step, trace.OrderId, TaskId: 0, JsonDataConverter.Default.Serialize(new SagaStep(trace, step))), CancellationToken.None);

    private async Task StockUpAsync(string product, int quantity)
    {
        var id = new ProductId(product);
        await SendAsync(id, new Replenish(id, new Quantity(quantity)));
    }

    private async Task BuyAndReturnAsync(string product, int times)
    {
        var id = new ProductId(product);
        for (var i = 0; i < times; i++)
        {
            var other = new OrderId(Guid.NewGuid());
            await SendAsync(id, new Reserve(other, new Quantity(1)));
            await SendAsync(id, new Release(other));
        }
    }

    private async Task SendAsync(ProductId product, StockItemCommand command)
    {
        var result = await _world.Get<IAggregateRepository<StockItem, StockItemEvent>>().ExecuteAsync(
            StockItem.StreamOf(product),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "others")),
            s => StockItemDecider.Decide(s, command, DateTimeOffset.UnixEpoch));
        Assert.IsType<CommandResult<StockItem>.Committed>(result);
    }
}
