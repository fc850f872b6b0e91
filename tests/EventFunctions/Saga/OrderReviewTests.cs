using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Saga;

/// <summary>An order that somebody has to look at, by what is decided and when.</summary>
public sealed class OrderReviewTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SagaWorld _world;

    public OrderReviewTests() => _world = new SagaWorld(_clock);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Nothing_is_reserved_before_the_order_is_approved_and_then_it_goes_its_way()
    {
        var order = await WaitingAsync();
        Assert.Equal([OrderSteps.PlanOrder, OrderSteps.ReadOrder], _world.Dispatcher.Invocations.Select(i => i.Name));

        await ApproveAsync(order);
        await TellAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task A_decision_from_before_the_saga_began_to_wait_is_found_without_any_word_of_it()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        await ApproveAsync(order);

        await _world.StartSagaAsync(order, needsReview: true);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Theory]
    [InlineData(OrderSaga.CurrentVersion, 2)]
    [InlineData(OrderSaga.PaymentSagaVersion, 1)]
    public async Task A_reviewed_order_is_planned_once_more_but_not_by_a_saga_that_began_before_that_was_so(string version, int plans)
    {
        await using var world = new SagaWorld(version: version);
        await world.StartAsync();
        var order = await world.PlaceAsync(needsReview: true);
        await ApproveAsync(order, world);

        await world.StartSagaAsync(order, needsReview: true);

        Assert.Equal(OrderSagaState.Completed, (await world.EndAsync(order)).State);
        Assert.Equal(plans, world.Dispatcher.Invocations.Count(i => i.Name == OrderSteps.PlanOrder));
    }

    [Fact]
    public async Task A_decision_between_the_look_and_the_wait_is_not_missed()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        var isFirst = true;
        _world.Dispatcher.After = async (activity, _) =>
        {
            if (activity == OrderSteps.ReadOrder && isFirst)
            {
                // The order was read as open; only now comes the decision, and word of it.
                isFirst = false;
                await ApproveAsync(order);
                await TellAsync(order);
            }
        };

        await _world.StartSagaAsync(order, needsReview: true);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        Assert.Equal(2, _world.Dispatcher.Invocations.Count(i => i.Name == OrderSteps.ReadOrder));
    }

    [Fact]
    public async Task Word_without_a_decision_makes_the_saga_look_and_wait_on()
    {
        var order = await WaitingAsync();

        await TellAsync(order);
        await Eventually.HoldsAsync(() => _world.Dispatcher.Invocations.Count(i => i.Name == OrderSteps.ReadOrder) == 2, "the saga has looked again");
        await _world.ShowsAsync(order, OrderSagaState.AwaitingReview);
        await ApproveAsync(order);
        await TellAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
    }

    [Fact]
    public async Task A_rejected_order_is_cancelled_with_nothing_to_undo()
    {
        var order = await WaitingAsync();

        Assert.IsType<CommandResult<Order>.Committed>(await _world.SendAsync(order, o => OrderReview.Reject(o, "Looks like fraud.", _clock.GetUtcNow())));
        await TellAsync(order);

        var result = await _world.EndAsync(order);
        Assert.Equal((OrderSagaState.Compensated, OrderReview.RejectedCode), (result.State, result.Code));
        Assert.Equal(("review-rejected", "Looks like fraud."), (await _world.OrderAsync(order)).Cancellation is { } why ? (why.Code, why.Reason) : default);
        await AssertUntouchedAsync(order);
    }

    [Fact]
    public async Task An_order_that_nobody_reviews_in_time_is_cancelled()
    {
        var order = await WaitingAsync();

        await TimePassesAsync(order);

        var result = await _world.EndAsync(order);
        Assert.Equal((OrderSagaState.Compensated, OrderReview.TimeoutCode), (result.State, result.Code));
        Assert.Equal(OrderReview.TimeoutCode, (await _world.OrderAsync(order)).Cancellation!.Code);
        await AssertUntouchedAsync(order);
    }

    [Fact]
    public async Task An_approval_at_the_moment_the_time_is_up_stands()
    {
        var order = await WaitingAsync();
        _world.Dispatcher.Before = (activity, _) => activity == OrderSteps.ExpireReview ? ApproveAsync(order) : Task.CompletedTask;

        await TimePassesAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task A_customer_cancels_while_the_order_waits()
    {
        var order = await WaitingAsync();

        await _world.Client.RaiseEventAsync(order.ToString(), OrderSagaEvents.CancellationRequested, new CancellationRequest("Changed my mind."));

        var result = await _world.EndAsync(order);
        Assert.Equal((OrderSagaState.Compensated, SagaFailure.CancelledByCustomer), (result.State, result.Code));
        await AssertUntouchedAsync(order);
    }

    [Fact]
    public async Task An_order_that_cannot_be_read_is_cancelled_rather_than_left_waiting()
    {
        _world.Dispatcher.Before = (activity, _) => activity == OrderSteps.ReadOrder
            ? throw new StoreUnavailableException("The store is away.")
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        await _world.StartSagaAsync(order, needsReview: true);

        await Eventually.HoldsAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
                return (await _world.Client.GetInstanceAsync(order.ToString()))!.IsCompleted;
            },
            "the saga has ended");

        Assert.Equal((OrderSagaState.Compensated, OrderSteps.ReadOrder), await _world.EndAsync(order) is var end ? (end.State, end.FailedStep) : default);
        await AssertUntouchedAsync(order);
    }

    private async Task<Domain.OrderId> WaitingAsync()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        await _world.StartSagaAsync(order, needsReview: true);
        await Eventually.HoldsAsync(() => _world.Dispatcher.Invocations.Any(i => i.Name == OrderSteps.ReadOrder), "the saga has looked");
        await _world.ShowsAsync(order, OrderSagaState.AwaitingReview);
        return order;
    }

    private async Task ApproveAsync(Domain.OrderId order, SagaWorld? world = null) => Assert.IsType<CommandResult<Order>.Committed>(
        await (world ?? _world).SendAsync(order, o => OrderDecider.Decide(o, new ApproveOrder("eve"), _clock.GetUtcNow())));

    private Task TellAsync(Domain.OrderId order) =>
        _world.Client.RaiseEventAsync(order.ToString(), OrderSagaEvents.ReviewDecided, new ReviewNotice("order-approved"));

    private Task TimePassesAsync(Domain.OrderId order) => Eventually.HoldsAsync(
        async () =>
        {
            _clock.Advance(TimeSpan.FromHours(13));
            return (await _world.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true))!
                .ReadCustomStatusAs<OrderSagaStatus>()!.State != OrderSagaState.AwaitingReview;
        },
        "the wait is over");

    private async Task AssertUntouchedAsync(Domain.OrderId order)
    {
        await _world.AssertUndoneAsync(order);
        Assert.Empty(_world.Payments.Calls);
        Assert.DoesNotContain(_world.Dispatcher.Invocations, i => i.Name is OrderSteps.ReserveStock or OrderSteps.ReleaseStock);
    }
}
