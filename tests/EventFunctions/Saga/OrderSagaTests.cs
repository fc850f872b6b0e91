using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Tests.Saga;

public sealed class OrderSagaTests : IAsyncDisposable
{
    private readonly SagaWorld _world = new();

    /// <summary>Every step up to the one from which there is no way back, in order.</summary>
    public static TheoryData<string> Steps =>
    [
        OrderSteps.PlanOrder, OrderSteps.ReserveStock, OrderSteps.AuthorizePayment, OrderSteps.ConfirmOrder, OrderSteps.CapturePayment,
        OrderSteps.MarkOrderPaid, OrderSteps.CreateShipment, OrderSteps.MarkOrderShipped,
    ];

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_order_goes_through_all_steps_and_every_event_happens_once_under_one_correlation()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal(OrderSagaState.Completed, result.State);
        await _world.AssertSoldAsync(order);
        var events = await _world.EventsAsync(Order.StreamOf(order));
        Assert.Equal(
            ["order-placed", "order-confirmed", "order-paid", "order-shipped", "order-delivered"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal("corr-1", e.Metadata.CorrelationId));
        Assert.All(events.Skip(1), e => Assert.Equal(("order-saga", "cause-1"), (e.Metadata.Source, e.Metadata.CausationId)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_that_never_takes_effect_leads_to_full_compensation(string step)
    {
        _world.Dispatcher.Before = (activity, _) => activity == step ? throw new StoreUnavailableException("The store is away.") : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, step), (result.State, result.FailedStep));
        await _world.AssertUndoneAsync(order);
        Assert.Contains("The store is away.", result.Reason, StringComparison.Ordinal);
        var cancellation = (await _world.OrderAsync(order)).Cancellation!;
        Assert.Equal(result.Code, cancellation.Code);
        Assert.DoesNotContain("store", cancellation.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_that_takes_effect_but_never_answers_leaves_the_books_balanced(string step)
    {
        _world.Dispatcher.After = (activity, _) => activity == step ? throw new TimeoutException("The answer is lost.") : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        if (step == OrderSteps.MarkOrderShipped)
        {
            // The order says it is shipped, so the saga goes on.
            Assert.Equal(OrderSagaState.Completed, result.State);
            await _world.AssertSoldAsync(order);
        }
        else
        {
            Assert.Equal(OrderSagaState.Compensated, result.State);
            await _world.AssertUndoneAsync(order);
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    [InlineData(OrderSteps.CommitStock)]
    public async Task A_step_that_fails_twice_and_then_succeeds_does_no_harm(string step)
    {
        var failures = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        _world.Dispatcher.After = (activity, _) => activity == step && failures.AddOrUpdate(activity, 1, (_, n) => n + 1) <= 2
            ? throw new TimeoutException("The answer is lost.")
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        Assert.Equal(OrderSagaState.Completed, (await _world.RunAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_customer_who_cancels_during_a_step_gets_everything_back_unless_the_order_is_shipped(string step)
    {
        _world.Dispatcher.After = (activity, instance) => activity == step
            ? _world.Client.RaiseEventAsync(instance, OrderSagaEvents.CancellationRequested, new CancellationRequest("Changed my mind."))
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        if (step == OrderSteps.MarkOrderShipped)
        {
            Assert.Equal(OrderSagaState.Completed, result.State);
            await _world.AssertSoldAsync(order);
        }
        else
        {
            Assert.Equal((OrderSagaState.Compensated, SagaFailure.CancelledByCustomer), (result.State, result.Code));
            Assert.Equal("Changed my mind.", (await _world.OrderAsync(order)).Cancellation!.Reason);
            await _world.AssertUndoneAsync(order);
        }
    }

    [Fact]
    public async Task A_finished_saga_is_not_started_again_by_a_message_that_comes_twice()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);
        var before = await _world.EventsAsync(Order.StreamOf(order));

        var found = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _world.Starter.EnsureStartedAsync(
            _world.Client, new SagaTrace(order.ToString(), "corr-2"), cancellation: null, CancellationToken.None)));

        Assert.All(found, f => Assert.Equal(OrchestrationRuntimeStatus.Completed, f!.RuntimeStatus));
        Assert.Equal(before.Count, (await _world.EventsAsync(Order.StreamOf(order))).Count);
    }

    [Fact]
    public async Task Five_starters_at_once_start_one_saga()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        _world.Dispatcher.Effect = (activity, instance) => activity == OrderSteps.CreateShipment
            ? _world.Client.RaiseEventAsync(instance, OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(DateTimeOffset.UnixEpoch))
            : Task.CompletedTask;
        var found = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => _world.Starter.EnsureStartedAsync(
            _world.Client, new SagaTrace(order.ToString(), $"corr-{i}"), cancellation: null, CancellationToken.None))));
        await _world.EndAsync(order);

        Assert.Single(found, f => f is null);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task An_order_that_is_not_just_placed_is_left_alone()
    {
        await _world.StartAsync();
        var order = new Domain.OrderId(Guid.NewGuid());

        var result = await _world.RunAsync(order);

        Assert.Equal(OrderSagaState.Skipped, result.State);
        Assert.Empty(await _world.EventsAsync(Order.StreamOf(order)));
    }

    [Fact]
    public async Task A_parcel_that_does_not_arrive_in_time_ends_the_saga_and_leaves_the_order_shipped()
    {
        var clock = new ManualTimeProvider();
        await using var world = new SagaWorld(clock);
        await world.StartAsync();
        var order = await world.PlaceAsync();
        await world.StartSagaAsync(order, parcelArrives: false);
        await Eventually.HoldsAsync(
            async () => (await world.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true))?.ReadCustomStatusAs<OrderSagaStatus>()
                is { State: OrderSagaState.AwaitingDelivery },
            "the saga awaits the delivery");

        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromDays(3));
                return (await world.Client.GetInstanceAsync(order.ToString()))!.IsCompleted;
            },
            "the saga has given up");

        Assert.Equal(OrderSagaState.DeliveryOverdue, (await world.EndAsync(order)).State);
        Assert.Equal(OrderStatus.Shipped, (await world.OrderAsync(order)).Status);
    }
}
