using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments;
using EventFunctions.Payments.Saga;
using EventFunctions.Payments.Steps;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Tests.Saga;

/// <summary>The operations on a payment, each as an orchestration of its own, at a provider with books.</summary>
public sealed class PaymentSagaTests : IAsyncDisposable
{
    private static readonly Currency Euro = new("EUR");
    private readonly SagaWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_payment_is_authorised_captured_in_parts_and_refunded_in_parts_and_everything_is_recorded_once()
    {
        var order = await PlacedAsync();

        Assert.Equal(PaymentSagaState.Authorized, (await RunAsync(order, PaymentOperation.Authorize)).State);
        Assert.Equal(PaymentSagaState.Captured, (await RunAsync(order, PaymentOperation.Capture, "capture-a", 10)).State);
        Assert.Equal(PaymentSagaState.Captured, (await RunAsync(order, PaymentOperation.Capture, "capture-b", 20)).State);
        Assert.Equal(PaymentSagaState.Refunded, (await RunAsync(order, PaymentOperation.Refund, "refund-a", 4.5m)).State);

        Assert.Equal((30m, 4.5m), (Held(order).Captured, Held(order).Refunded));
        var payment = await _world.PaymentAsync(order);
        Assert.Equal([10m, 20m], payment.Captures.Select(c => c.Amount.Amount));
        Assert.Equal([4.5m], payment.Refunds.Select(c => c.Amount.Amount));
    }

    [Fact]
    public async Task More_than_is_authorised_or_captured_is_declined_before_the_provider_is_asked()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);

        var capture = await RunAsync(order, PaymentOperation.Capture, "capture-a", 31);
        await RunAsync(order, PaymentOperation.Capture, "capture-b", 10);
        var refund = await RunAsync(order, PaymentOperation.Refund, "refund-a", 11);

        Assert.Equal((PaymentSagaState.Declined, PaymentRejections.CaptureTooLarge), (capture.State, capture.Code));
        Assert.Equal((PaymentSagaState.Declined, PaymentRejections.RefundTooLarge), (refund.State, refund.Code));
        Assert.Equal(["authorize", "capture"], _world.Payments.Calls);
    }

    [Fact]
    public async Task A_step_that_took_effect_but_whose_answer_was_lost_moves_the_money_once()
    {
        var lost = 0;
        _world.Dispatcher.After = (activity, _) => activity is PaymentSteps.RefundPayment or PaymentSteps.CapturePart && Interlocked.Increment(ref lost) <= 2
            ? throw new TimeoutException("The answer is lost.")
            : Task.CompletedTask;
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);

        // What is left of the payment after the first attempt would not allow a second.
        Assert.Equal(PaymentSagaState.Captured, (await RunAsync(order, PaymentOperation.Capture, "capture-a", 30)).State);
        lost = 0;
        Assert.Equal(PaymentSagaState.Refunded, (await RunAsync(order, PaymentOperation.Refund, "refund-a", 30)).State);

        Assert.Equal((30m, 30m), (Held(order).Captured, Held(order).Refunded));
        Assert.Equal(PaymentStatus.Refunded, (await _world.PaymentAsync(order)).Status);
    }

    [Fact]
    public async Task No_answer_is_not_no_and_the_same_operation_again_tells_what_became_of_it()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);
        await RunAsync(order, PaymentOperation.Capture, OrderSteps.CapturePayment);
        _world.Payments.RefundAnswersToLose = 3;

        var first = await RunAsync(order, PaymentOperation.Refund, "refund-a", 10);
        var again = await RunAsync(order, PaymentOperation.Refund, "refund-a", 10, instance: "again");

        Assert.Equal(PaymentSagaState.Unanswered, first.State);
        Assert.Contains("the answer is lost", first.Detail, StringComparison.Ordinal);
        Assert.Equal(PaymentSagaState.Refunded, again.State);
        Assert.Equal(10m, Held(order).Refunded);
        Assert.Equal([10m], (await _world.PaymentAsync(order)).Refunds.Select(r => r.Amount.Amount));
    }

    [Fact]
    public async Task A_hold_is_given_up_and_then_nothing_can_be_captured()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);

        Assert.Equal(PaymentSagaState.Voided, (await RunAsync(order, PaymentOperation.Void)).State);
        var capture = await RunAsync(order, PaymentOperation.Capture, "capture-a", 10);

        Assert.Equal((PaymentSagaState.Declined, PaymentRejections.Voided), (capture.State, capture.Code));
        Assert.True(Held(order).IsVoided);
    }

    [Fact]
    public async Task What_was_captured_is_not_voided()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);
        await RunAsync(order, PaymentOperation.Capture, "capture-a", 10);

        var letGo = await RunAsync(order, PaymentOperation.Void);

        Assert.Equal((PaymentSagaState.Declined, PaymentRejections.Captured), (letGo.State, letGo.Code));
        Assert.Equal((10m, false), (Held(order).Captured, Held(order).IsVoided));
    }

    [Fact]
    public async Task A_declined_card_is_an_answer_and_nothing_is_reversed()
    {
        _world.Payments.DeclineAuthorization = "card-declined";
        var order = await PlacedAsync();

        var result = await RunAsync(order, PaymentOperation.Authorize);

        Assert.Equal((PaymentSagaState.Declined, "card-declined"), (result.State, result.Code));
        Assert.Equal(["authorize"], _world.Payments.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_hold_without_an_answer_is_found_and_given_up_by_the_payments_own_saga(int showsFromLook)
    {
        _world.Payments.LosesAuthorizationAnswers = true;
        _world.Payments.ShowsFromLook = showsFromLook;
        var order = await PlacedAsync();

        var result = await RunAsync(order, PaymentOperation.Authorize);

        Assert.Equal((PaymentSagaState.Reversed, "payment-unavailable"), (result.State, result.Code));
        Assert.True(Held(order).IsVoided);
    }

    [Fact]
    public async Task A_reversal_pays_back_what_is_left_after_refunds_of_operators()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);
        await RunAsync(order, PaymentOperation.Capture, OrderSteps.CapturePayment);
        await RunAsync(order, PaymentOperation.Refund, "refund-a", 10);

        Assert.Equal(PaymentSagaState.Reversed, (await RunAsync(order, PaymentOperation.Reverse)).State);
        Assert.Equal(PaymentSagaState.Reversed, (await RunAsync(order, PaymentOperation.Reverse, instance: "again")).State);

        Assert.Equal((30m, 30m), (Held(order).Captured, Held(order).Refunded));
        Assert.Equal([10m, 20m], (await _world.PaymentAsync(order)).Refunds.Select(r => r.Amount.Amount));
        Assert.Equal(2, _world.Payments.Calls.Count(c => c == "refund"));
    }

    [Fact]
    public async Task A_reversal_beside_a_refund_that_is_not_recorded_yet_waits_for_it()
    {
        var order = await PlacedAsync();
        await RunAsync(order, PaymentOperation.Authorize);
        await RunAsync(order, PaymentOperation.Capture, OrderSteps.CapturePayment);
        _world.Payments.RefundAnswersToLose = 3;
        await RunAsync(order, PaymentOperation.Refund, "refund-a", 10);

        var early = await RunAsync(order, PaymentOperation.Reverse);
        await RunAsync(order, PaymentOperation.Refund, "refund-a", 10, instance: "again");
        var late = await RunAsync(order, PaymentOperation.Reverse, instance: "again");

        Assert.Equal((PaymentSagaState.ReversalFailed, PaymentSagaState.Reversed), (early.State, late.State));
        Assert.Equal((30m, 30m), (Held(order).Captured, Held(order).Refunded));
        Assert.Equal(PaymentStatus.Refunded, (await _world.PaymentAsync(order)).Status);
    }

    [Fact]
    public async Task An_orders_saga_calls_it_under_ids_of_its_own_which_show_how_each_operation_ended()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);

        foreach (var (operation, state) in new[] { (PaymentOperation.Authorize, "Authorized"), (PaymentOperation.Capture, "Captured") })
        {
            var child = await _world.Client.GetInstanceAsync(PaymentSaga.ChildIdOf(order.ToString(), operation), getInputsAndOutputs: true);
            Assert.Equal((OrchestrationRuntimeStatus.Completed, state), (child!.RuntimeStatus, child.ReadCustomStatusAs<PaymentSagaStatus>()!.State));
        }

        Assert.Null(await _world.Client.GetInstanceAsync(PaymentSaga.ChildIdOf(order.ToString(), PaymentOperation.Reverse)));
    }

    [Fact]
    public async Task A_saga_that_began_before_payments_were_orchestrations_goes_on_as_it_began()
    {
        await using var former = new SagaWorld(version: "1.0");
        await former.StartAsync();
        former.Carrier.Refuses = true;
        var order = await former.PlaceAsync();

        Assert.Equal(OrderSagaState.Compensated, (await former.RunAsync(order)).State);

        await former.AssertUndoneAsync(order);
        Assert.Equal(1, former.Engine.Counts.Instances);
        Assert.All(former.Dispatcher.Invocations, i => Assert.Equal(order.ToString(), i.InstanceId));
    }

    private HeldPayment Held(OrderId order) => _world.Payments.Held(order.ToString())!;

    private async Task<OrderId> PlacedAsync()
    {
        await _world.StartAsync();
        return await _world.PlaceAsync();
    }

    private async Task<PaymentSagaResult> RunAsync(OrderId order, PaymentOperation operation, string? step = null, decimal? amount = null, string instance = "")
    {
        var retry = new SagaRetry(3, TimeSpan.FromMilliseconds(1), 1, TimeSpan.FromMilliseconds(1));
        var id = $"{order}-{operation}-{step}-{instance}";
        await _world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(PaymentSaga),
            new PaymentSagaInput(
                new SagaTrace(order.ToString(), "corr-1"),
                operation,
                step ?? $"{operation}Payment",
                new PaymentSagaSettings(TimeSpan.FromMilliseconds(5), retry, retry),
                amount is { } units ? new Money(units, Euro) : null),
            new StartOrchestrationOptions(id));
        var ended = await _world.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        var result = ended.ReadOutputAs<PaymentSagaResult>()!;
        Assert.Equal(result.State, ended.ReadCustomStatusAs<PaymentSagaStatus>()!.State);
        return result;
    }
}
