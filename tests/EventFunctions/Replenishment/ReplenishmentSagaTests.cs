using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Inventory.Replenishment.Steps;
using EventFunctions.Notifications;
using EventFunctions.Resilience;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Replenishment;

public sealed class ReplenishmentSagaTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ReplenishmentWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_the_supplier_delivers_is_put_on_stock()
    {
        var trace = await _world.StartAsync(available: 4);
        await _world.BeginAsync(trace);
        var ordered = await _world.ReachesAsync(trace, ReplenishmentState.Ordered);

        await _world.ConfirmAsync(trace, 25);
        var end = await _world.EndAsync(trace);

        Assert.Equal((26, FakeSupplier.IdOf(trace.InstanceId)), (ordered.Ordered, ordered.SupplierOrderId));
        Assert.Equal((ReplenishmentState.Replenished, 25), (end.State, end.Delivered));
        Assert.Equal((trace.InstanceId, "mug", 26), Assert.Single(_world.Supplier.Orders));
        Assert.Equal(29, await _world.AvailableAsync());
        var added = (await _world.EventsAsync())[^1];
        Assert.Equal(new StockReplenished(ReplenishmentWorld.Mug, new Quantity(25), ReplenishmentWorld.Threshold), added.Data);
        Assert.Equal(("corr-1", trace.CausationId, ReplenishmentTrace.Source), (added.Metadata.CorrelationId, added.Metadata.CausationId, added.Metadata.Source));
        Assert.Empty(_world.Mails.Sent);
    }

    [Fact]
    public async Task A_confirmation_that_comes_while_the_order_is_under_way_is_kept()
    {
        var trace = await _world.StartAsync();
        _world.Saga.Dispatcher.After = (activity, _) => activity == ReplenishmentSteps.Order ? _world.ConfirmAsync(trace, 26) : Task.CompletedTask;

        await _world.BeginAsync(trace);

        Assert.Equal(ReplenishmentState.Replenished, (await _world.EndAsync(trace)).State);
        Assert.Equal(30, await _world.AvailableAsync());
    }

    [Fact]
    public async Task A_stock_that_has_recovered_needs_nothing()
    {
        var trace = await _world.StartAsync();
        await _world.AddAsync(6);

        await _world.BeginAsync(trace);

        Assert.Equal(ReplenishmentState.NotNeeded, (await _world.EndAsync(trace)).State);
        Assert.Empty(_world.Supplier.Calls);
    }

    [Fact]
    public async Task A_silent_supplier_is_reminded_once_and_then_operators_are_told_and_end_it()
    {
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Ordered);

        var (_, untilReminded) = await _world.WaitsUntilAsync(trace, ReplenishmentState.Reminded, Hour);
        var (escalated, untilEscalated) = await _world.WaitsUntilAsync(trace, ReplenishmentState.Escalated, Hour);
        await Eventually.HoldsAsync(() => _world.Mails.Sent.Count == 1, "the operators are told");
        await _world.ConfirmAsync(trace, 20, "operator:1");
        var end = await _world.EndAsync(trace);

        Assert.True(untilReminded >= _world.Options.ConfirmationTimeout, $"reminded after {untilReminded}");
        Assert.True(untilEscalated >= _world.Options.ReminderTimeout, $"escalated {untilEscalated} later");
        Assert.Equal(FakeSupplier.IdOf(trace.InstanceId), Assert.Single(_world.Supplier.Reminders));
        Assert.Equal(ReplenishmentEscalation.NotConfirmed, escalated.Code);
        var mail = Assert.Single(_world.Mails.Sent);
        Assert.Equal(
            (EscalateReplenishmentActivity.Template, new NotificationRecipient.Operators(), "corr-1"), (mail.Template, mail.Recipient, mail.CorrelationId));
        Assert.Equal(("mug", "26", trace.InstanceId), (mail.Values["product"], mail.Values["ordered"], mail.Values["replenishment"]));
        Assert.Equal((ReplenishmentState.Replenished, 20), (end.State, end.Delivered));
        Assert.Equal(24, await _world.AvailableAsync());
    }

    [Fact]
    public async Task A_reminder_that_gets_through_nowhere_is_told_to_the_operators()
    {
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Ordered);
        _world.Supplier.IsAway = true;

        var (escalated, _) = await _world.WaitsUntilAsync(trace, ReplenishmentState.Escalated, Hour);

        Assert.Empty(_world.Supplier.Reminders);
        Assert.Equal(ReplenishmentEscalation.NotConfirmed, escalated.Code);
        Assert.Contains("it is away", escalated.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_order_is_escalated_and_an_operator_closes_it_without_pieces()
    {
        _world.Supplier.Refuses = true;
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        var escalated = await _world.ReachesAsync(trace, ReplenishmentState.Escalated);

        await _world.TellAsync(trace, new ReplenishmentAnswer("operator:1", ReplenishmentTrigger.ClosedByOperator, Reason: "Not sold any more."));
        var end = await _world.EndAsync(trace);

        Assert.Equal(("product-discontinued", "We have it no longer."), (escalated.Code, escalated.Reason));
        Assert.Equal((ReplenishmentState.Closed, 0, "Not sold any more."), (end.State, end.Delivered, end.Reason));
        Assert.Equal(4, await _world.AvailableAsync());
        await Eventually.HoldsAsync(() => _world.Mails.Sent.Count == 1, "the operators are told");
    }

    [Fact]
    public async Task An_order_without_an_answer_is_escalated_and_a_late_delivery_counts()
    {
        _world.Supplier.IsAway = true;
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        var (escalated, _) = await _world.WaitsUntilAsync(trace, ReplenishmentState.Escalated, TimeSpan.FromSeconds(1));

        await _world.ConfirmAsync(trace, 26);

        Assert.Equal(ReplenishmentEscalation.SupplierUnavailable, escalated.Code);
        Assert.Equal(ReplenishmentState.Replenished, (await _world.EndAsync(trace)).State);
        Assert.Equal(30, await _world.AvailableAsync());
    }

    [Fact]
    public async Task A_delivery_that_is_called_off_is_escalated_once_however_often_it_is_said()
    {
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        var refusal = new ReplenishmentAnswer("supplier:1:refused", ReplenishmentTrigger.Refused, Reason: "None left.");
        await _world.TellAsync(trace, refusal);
        await _world.TellAsync(trace, refusal);
        await _world.TellAsync(trace, refusal with { Id = "supplier:2:refused" });
        var escalated = await _world.ReachesAsync(trace, ReplenishmentState.Escalated);

        await _world.ConfirmAsync(trace, 30, "operator:1");
        await _world.EndAsync(trace);

        Assert.Equal((ReplenishmentEscalation.DeliveryRefused, "None left."), (escalated.Code, escalated.Reason));
        await Eventually.HoldsAsync(() => _world.Mails.Sent.Count == 1, "the operators are told once");
        Assert.Equal(34, await _world.AvailableAsync());
    }

    [Fact]
    public async Task A_delivery_that_is_not_enough_is_added_once_and_escalated()
    {
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ConfirmAsync(trace, 2);
        await _world.ConfirmAsync(trace, 2);
        var escalated = await _world.ReachesAsync(trace, ReplenishmentState.Escalated);
        await _world.ConfirmAsync(trace, 2);

        await _world.ConfirmAsync(trace, 20, "operator:1");
        var end = await _world.EndAsync(trace);

        Assert.Equal((ReplenishmentEscalation.StillLow, 2), (escalated.Code, escalated.Delivered));
        Assert.Equal((ReplenishmentState.Replenished, 22), (end.State, end.Delivered));
        Assert.Equal(26, await _world.AvailableAsync());
    }

    [Fact]
    public async Task Pieces_that_the_stock_does_not_take_are_escalated()
    {
        var trace = await _world.StartAsync();
        _world.Saga.Dispatcher.Before = (activity, _) => activity == ReplenishmentSteps.AddStock
            ? throw new InvalidOperationException("The stock is away.")
            : Task.CompletedTask;
        await _world.BeginAsync(trace);
        await _world.ConfirmAsync(trace, 26);

        var (escalated, _) = await _world.WaitsUntilAsync(trace, ReplenishmentState.Escalated, TimeSpan.FromSeconds(1));

        Assert.Equal((ReplenishmentEscalation.StockUnavailable, 0), (escalated.Code, escalated.Delivered));
        Assert.Contains("The stock is away", escalated.Reason, StringComparison.Ordinal);
        Assert.Equal(4, await _world.AvailableAsync());
    }

    [Fact]
    public async Task Operators_who_cannot_be_told_see_it_all_the_same()
    {
        _world.Supplier.Refuses = true;
        _world.Mails.IsAway = true;
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Escalated);

        await Eventually.HoldsAsync(
            async () =>
            {
                _world.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await _world.ReachesAsync(trace, ReplenishmentState.Escalated)).NotificationError is not null;
            },
            "it shows that nobody was told");

        await _world.ConfirmAsync(trace, 26, "operator:1");
        Assert.Equal(ReplenishmentState.Replenished, (await _world.EndAsync(trace)).State);
    }

    [Fact]
    public async Task Operators_need_not_wait_for_the_mail_that_tells_them()
    {
        _world.Supplier.Refuses = true;
        var mail = new TaskCompletionSource();
        _world.Saga.Dispatcher.Before = (activity, _) => activity == ReplenishmentSteps.Escalate ? mail.Task : Task.CompletedTask;
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Escalated);

        await _world.ConfirmAsync(trace, 26, "operator:1");
        await _world.ReachesAsync(trace, ReplenishmentState.Replenished);

        // The engine ends an orchestration when everything it has begun has ended.
        Assert.Equal(30, await _world.AvailableAsync());
        mail.SetResult();
        await _world.EndAsync(trace);
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_is_placed_once()
    {
        var trace = await _world.StartAsync();
        await LosesAnswersAsync(trace, ReplenishmentSteps.Order, times: 2);

        Assert.Equal(3, _world.Supplier.Calls.Count(c => c == "order"));
        Assert.Equal((trace.InstanceId, "mug", 26), Assert.Single(_world.Supplier.Orders));
    }

    [Fact]
    public async Task A_delivery_whose_addition_loses_its_answer_is_added_once()
    {
        var trace = await _world.StartAsync();
        await LosesAnswersAsync(trace, ReplenishmentSteps.AddStock, times: 2);

        Assert.Equal(3, _world.Saga.Dispatcher.Invocations.Count(i => i.Name == ReplenishmentSteps.AddStock));
        Assert.Equal(2, (await _world.EventsAsync()).Count(e => e.Data is StockReplenished));
        Assert.Equal(30, await _world.AvailableAsync());
    }

    [Fact]
    public async Task An_alert_that_comes_again_starts_nothing_while_its_replenishment_runs_and_after_it_has_ended()
    {
        var trace = await _world.StartAsync();

        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => _world.BeginAsync(trace))));
        await _world.ConfirmAsync(trace, 26);
        await _world.EndAsync(trace);
        var later = await _world.BeginAsync(trace);

        Assert.Equal((1, false), (together.Count(started => started), later));
        Assert.Single(_world.Supplier.Orders);
        Assert.Equal(30, await _world.AvailableAsync());
    }

    /// <summary>An activity takes effect and its answer is lost, a few times; then all goes well.</summary>
    private async Task LosesAnswersAsync(ReplenishmentTrace trace, string step, int times)
    {
        var lost = 0;
        _world.Saga.Dispatcher.After = (activity, _) => activity == step && Interlocked.Increment(ref lost) <= times
            ? throw new ProviderUnavailableException("The way back", step, "the answer is lost")
            : Task.CompletedTask;
        await _world.BeginAsync(trace);
        await _world.ConfirmAsync(trace, 26);
        await _world.WaitsUntilAsync(trace, ReplenishmentState.Replenished, TimeSpan.FromSeconds(1));
    }
}
