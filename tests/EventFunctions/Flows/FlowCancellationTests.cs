using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Tests.Flows;

/// <summary>The customer cancels at every moment; nothing reserved, held, taken or shipped stays behind.</summary>
public sealed class FlowCancellationTests
{
    private static readonly string[] Events =
    [
        "stock-reserved", "payment-processing", "payment-authorized", "order-confirmed", "payment-captured", "order-paid", "shipment-created",
    ];

    /// <summary>Just before and just after each event of the way is written: with the step that writes it in flight.</summary>
    public static TheoryData<OrderFlow, string, bool> Moments
    {
        get
        {
            var data = new TheoryData<OrderFlow, string, bool>();
            foreach (var type in Events)
            {
                foreach (var flow in Enum.GetValues<OrderFlow>())
                {
                    data.Add(flow, type, false);
                    data.Add(flow, type, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_customer_who_cancels_gets_everything_back(OrderFlow flow, string type, bool isWritten)
    {
        await using var world = new FlowWorld(flow);
        await world.PlaceAsync();
        var answer = CancelAt(world, type, isWritten);

        await world.Run.UntilQuietAsync();

        Assert.Equal(202, await answer);
        await AssertUndoneAsync(world);
    }

    [Theory]
    [InlineData(OrderFlow.Orchestration)]
    [InlineData(OrderFlow.Choreography)]
    public async Task An_order_that_is_cancelled_before_anything_has_happened_leaves_nothing(OrderFlow flow)
    {
        await using var world = new FlowWorld(flow);
        await world.PlaceAsync();

        Assert.Equal(202, await world.Shop.CancelAsync(world.Order, "Changed my mind."));
        await world.Run.UntilQuietAsync();

        await AssertUndoneAsync(world);
        Assert.Empty(world.Payments.Calls);
        Assert.Equal("Changed my mind.", (await world.Shop.Saga.OrderAsync(world.Order)).Cancellation!.Reason);
    }

    [Theory]
    [InlineData(OrderFlow.Orchestration)]
    [InlineData(OrderFlow.Choreography)]
    public async Task A_shipped_order_is_not_cancelled(OrderFlow flow)
    {
        await using var world = new FlowWorld(flow);
        await world.PlaceAsync();
        var answer = CancelAt(world, "order-shipped", isWritten: true);

        await world.Run.UntilQuietAsync();

        Assert.Equal(422, await answer);
        Assert.Equal(FlowOutcome.Sold, await world.OutcomeAsync());
    }

    /// <summary>Where they differ: a saga hears the customer between two steps, and has promised more than it can hold; the order itself does not.</summary>
    [Theory]
    [InlineData(OrderFlow.Orchestration, OrderStatus.Delivered)]
    [InlineData(OrderFlow.Choreography, OrderStatus.Cancelled)]
    public async Task A_cancellation_that_meets_the_shipping_itself_is_decided_by_who_leads(OrderFlow flow, OrderStatus status)
    {
        await using var world = new FlowWorld(flow);
        await world.PlaceAsync();
        var answer = CancelAt(world, "order-shipped", isWritten: false);

        await world.Run.UntilQuietAsync();

        Assert.Equal(202, await answer);
        Assert.Equal(status, (await world.Shop.Saga.OrderAsync(world.Order)).Status);
        Assert.Equal(status == OrderStatus.Cancelled ? 0 : 1, world.Carrier.ActiveShipments);
        Assert.Equal(status == OrderStatus.Cancelled ? 31.5m : 0m, world.Payments.Held(world.Order.ToString())!.Refunded);
    }

    /// <summary>Cancels once, at the first such event; the task is the status of the answer.</summary>
    private static Task<int> CancelAt(FlowWorld world, string type, bool isWritten)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        async Task Hook(StreamAppend append)
        {
            if (append.Events.Any(e => e.Type == type) && Interlocked.Exchange(ref asked, 1) == 0)
            {
                answer.SetResult(await world.Shop.CancelAsync(world.Order, "Changed my mind."));
            }
        }

        if (isWritten)
        {
            world.Shop.Events.After = Hook;
        }
        else
        {
            world.Shop.Events.Before = Hook;
        }

        return answer.Task.WaitAsync(Support.Eventually.DefaultDeadline);
    }

    private static async Task AssertUndoneAsync(FlowWorld world)
    {
        var outcome = await world.OutcomeAsync();
        Assert.Equal(
            ("Cancelled", SagaFailure.CancelledByCustomer, 0, FlowOutcome.Untouched, 0),
            (outcome.Order, outcome.Code, outcome.Parcels, outcome.Stock, outcome.Unfinished));
        Assert.Contains(outcome.Ledger, new[] { "nothing", "voided", "captured 31.50, refunded 31.50" });
        Assert.Contains(outcome.Payment, new[] { "None", "Failed", "Voided", "Refunded" });
        Assert.Contains(outcome.Shipment, new[] { "None", "Cancelled" });
    }
}
