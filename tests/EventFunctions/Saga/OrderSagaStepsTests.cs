using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;
using EventFunctions.Telemetry;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Telemetry;

namespace EventFunctions.Tests.Saga;

/// <summary>Which steps an order's saga takes, in which order, by how they answer.</summary>
public sealed class OrderSagaStepsTests
{
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromDays(14);

    private static readonly TimeSpan SettleDelay = TimeSpan.FromSeconds(10);

    private static readonly OrderSagaInput Input = new(
        new SagaTrace(EventSamples.SampleOrder.ToString(), "corr-1"),
        new OrderSagaSettings(DeliveryTimeout, SettleDelay, new SagaRetry(3, SettleDelay, 2, SettleDelay), new SagaRetry(3, SettleDelay, 2, SettleDelay)));

    private static readonly OrderPlan Plan = new(StepOutcome.Done, [new PlannedProduct("apple", 2), new PlannedProduct("pear", 1)]);

    /// <summary>The way from placed to shipped.</summary>
    private static readonly ExpectedSteps[] Forward =
    [
        OrderSteps.PlanOrder, Both(OrderSteps.ReserveStock), OrderSteps.AuthorizePayment, OrderSteps.ConfirmOrder, OrderSteps.CapturePayment,
        OrderSteps.MarkOrderPaid, OrderSteps.CreateShipment, OrderSteps.MarkOrderShipped,
    ];

    private static readonly StepAnswer[] AllGoesWell =
    [
        Step.Named(OrderSteps.PlanOrder).Answers(Plan),
        Step.Named(OrderSteps.ReleaseStock).Answers(new UndoOutcome(true)),
        Step.Named(OrderSteps.ReversePayment).Answers(new UndoOutcome(true)),
        Step.Named(OrderSteps.WithdrawShipment).Answers(new UndoOutcome(true)),
        Step.Named(ScriptedOrchestration.Timer(DeliveryTimeout)).Does(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null;
        }),
        Step.Named(ScriptedOrchestration.Timer(SettleDelay)).Answers(null),
        Step.Any.Answers(StepOutcome.Done),
    ];

    /// <summary>A step that can be refused, how far the saga had come, and what is undone, the last first.</summary>
    public static TheoryData<string, int, string[]> Refusals => new()
    {
        { OrderSteps.AuthorizePayment, 3, [OrderSteps.ReleaseStock] },
        { OrderSteps.ConfirmOrder, 4, [OrderSteps.ReversePayment, OrderSteps.ReleaseStock] },
        { OrderSteps.CapturePayment, 5, [OrderSteps.ReversePayment, OrderSteps.ReleaseStock] },
        { OrderSteps.MarkOrderPaid, 6, [OrderSteps.ReversePayment, OrderSteps.ReleaseStock] },
        { OrderSteps.CreateShipment, 7, [OrderSteps.ReversePayment, OrderSteps.ReleaseStock] },
        { OrderSteps.MarkOrderShipped, 8, [OrderSteps.WithdrawShipment, OrderSteps.ReversePayment, OrderSteps.ReleaseStock] },
    };

    [Fact]
    public async Task When_all_goes_well_every_step_is_taken_once_and_the_delivery_closes_the_order()
    {
        var outcome = await Saga(o => o.Tell(OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(DateTimeOffset.UnixEpoch)))
            .Given(AllGoesWell).WhenRunAsync();

        outcome.ThenEnded(new OrderSagaResult(OrderSagaState.Completed)).ThenSteps(
            [.. Forward, Both(OrderSteps.CommitStock), ScriptedOrchestration.Timer(DeliveryTimeout), OrderSteps.MarkOrderDelivered]);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_step_has_those_before_it_undone_in_reverse_and_the_order_cancelled(string step, int come, string[] undone)
    {
        var outcome = await Saga().Given(Step.Named(step).Answers(StepOutcome.Refused("no", "No."))).Given(AllGoesWell).WhenRunAsync();

        outcome.ThenEnded(new OrderSagaResult(OrderSagaState.Compensated, "no", "No.", step)).ThenSteps(
            [.. Forward[..come], .. undone.Select(u => u == OrderSteps.ReleaseStock ? Both(u) : u), OrderSteps.MarkOrderCancelled]);
        Assert.Equal(("no", "No."), Assert.IsType<CancellationStep>(outcome.Issued[^1].Input) is var why ? (why.Code, why.Reason) : default);
    }

    [Fact]
    public async Task A_refused_reservation_is_released_when_nothing_can_be_under_way_any_more_and_the_one_beside_it_at_once()
    {
        var outcome = await Saga()
            .Given(Step.Named(OrderSteps.ReserveStock).Does((step, _) => Task.FromResult<object?>(
                ((StockStep)step.Input!).ProductId == "pear" ? StepOutcome.Refused("out-of-stock", "No pears.") : StepOutcome.Done)))
            .Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps(
            [.. Forward[..2], OrderSteps.ReleaseStock, OrderSteps.MarkOrderCancelled, ScriptedOrchestration.Timer(SettleDelay), OrderSteps.ReleaseStock]);
        Assert.Equal(
            ["apple", "pear"],
            outcome.Issued.Where(s => s.Name == OrderSteps.ReleaseStock).Select(s => Assert.IsType<StockStep>(s.Input).ProductId));
    }

    [Fact]
    public async Task A_refused_reservation_that_cannot_be_released_is_left_to_an_operator()
    {
        var outcome = await Saga()
            .Given(
                Step.Named(OrderSteps.ReserveStock).Answers(StepOutcome.Refused("out-of-stock", "None.")),
                Step.Named(OrderSteps.ReleaseStock).Fails(new StoreUnavailableException("away")))
            .Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps([.. Forward[..2], OrderSteps.MarkOrderCancelled, ScriptedOrchestration.Timer(SettleDelay), Both(OrderSteps.ReleaseStock)]);
        Assert.Equal(OrderSagaState.CompensationFailed, outcome.Result().State);
        Assert.Equal(["apple", "pear"], outcome.Result().NotUndone!.Select(left => left.Product!.ProductId));
    }

    [Fact]
    public async Task An_instance_from_before_takes_a_refused_reservation_for_the_last_word()
    {
        var outcome = await Saga(version: OrderSaga.SecondPlanVersion)
            .Given(Step.Named(OrderSteps.ReserveStock).Answers(StepOutcome.Refused("out-of-stock", "None.")))
            .Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps([.. Forward[..2], OrderSteps.MarkOrderCancelled]);
    }

    [Fact]
    public async Task A_step_without_an_answer_is_undone_and_looked_for_again_when_it_can_no_longer_be_under_way()
    {
        var outcome = await Saga().Given(
            Step.Named(OrderSteps.AuthorizePayment).Fails(new ProviderUnavailableException("The bank", "authorize", "the answer is lost")),
            Step.Named(OrderSteps.ReversePayment).Answers(new UndoOutcome(false))).Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps(
            [.. Forward[..3], OrderSteps.ReversePayment, ScriptedOrchestration.Timer(SettleDelay), OrderSteps.ReversePayment, Both(OrderSteps.ReleaseStock), OrderSteps.MarkOrderCancelled]);
        Assert.Equal(OrderSagaState.Compensated, outcome.Result().State);
    }

    [Fact]
    public async Task A_customer_who_cancels_before_the_first_step_has_nothing_to_be_undone()
    {
        var outcome = await Saga(o => o.Tell(OrderSagaEvents.CancellationRequested, new CancellationRequest("Changed my mind.")))
            .Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps(OrderSteps.PlanOrder, OrderSteps.MarkOrderCancelled);
        Assert.Equal(SagaFailure.CancelledByCustomer, outcome.Result().Code);
    }

    [Fact]
    public async Task An_undo_that_gives_up_is_reported_and_the_others_are_made_all_the_same()
    {
        var outcome = await Saga().Given(
            Step.Named(OrderSteps.MarkOrderShipped).Answers(StepOutcome.Refused("no", "No.")),
            Step.Named(OrderSteps.ReversePayment).Fails(new StoreUnavailableException("away"))).Given(AllGoesWell).WhenRunAsync();

        outcome.ThenSteps([.. Forward, OrderSteps.WithdrawShipment, OrderSteps.ReversePayment, Both(OrderSteps.ReleaseStock), OrderSteps.MarkOrderCancelled]);
        Assert.Equal(OrderSteps.ReversePayment, Assert.Single(outcome.Result().NotUndone!).Step);
    }

    [Fact]
    public async Task A_parcel_that_does_not_arrive_in_time_ends_the_saga_without_closing_the_order()
    {
        var outcome = await Saga().Given(Step.Named(ScriptedOrchestration.Timer(DeliveryTimeout)).Answers(null)).Given(AllGoesWell).WhenRunAsync();

        outcome.ThenEnded(new OrderSagaResult(OrderSagaState.DeliveryOverdue))
            .ThenSteps([.. Forward, Both(OrderSteps.CommitStock), ScriptedOrchestration.Timer(DeliveryTimeout)]);
    }

    [Fact]
    public async Task An_order_that_is_not_open_is_left_alone()
    {
        var outcome = await Saga()
            .Given(Step.Named(OrderSteps.PlanOrder).Answers(new OrderPlan(StepOutcome.Refused("order-status", "Shipped."), []))).WhenRunAsync();

        outcome.ThenSteps(OrderSteps.PlanOrder).ThenEnded(new OrderSagaResult(OrderSagaState.Skipped, "order-status", "Shipped."));
    }

    private static ExpectedSteps Both(string step) => ExpectedSteps.InAnyOrder(step, step);

    private static ProcessSpecification<OrderSagaResult> Saga(
        Action<ScriptedOrchestration>? told = null, string version = OrderSaga.CurrentVersion) => new(
        EventSamples.Registry,
        async (run, _) =>
        {
            using var metrics = new RecordedMetrics();
            var telemetry = new SagaTelemetry(metrics);
            var orchestration = new ScriptedOrchestration(run.Steps, Input, telemetry, version);
            told?.Invoke(orchestration);
            var result = await new OrderSaga(telemetry).RunAsync(orchestration);
            Assert.Equal(result.State, Assert.IsType<OrderSagaStatus>(orchestration.CustomStatus).State);
            Assert.Contains((1, $"saga=OrderSaga,state={result.State}"), metrics.Of("eventfunctions.sagas.ended"));
            return result;
        });
}
