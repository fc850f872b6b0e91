using EventFunctions.Local.Host.Demo.Burst;

namespace EventFunctions.Local.Host.Tests.Burst;

public sealed class BurstPlanTests
{
    [Fact]
    public void The_same_seed_plans_the_same_burst_and_another_seed_another()
    {
        Assert.Equal(BurstPlan.Create(200, 1).Orders, BurstPlan.Create(200, 1).Orders);
        Assert.NotEqual(BurstPlan.Create(200, 1).Orders, BurstPlan.Create(200, 2).Orders);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(333)]
    public void Every_outcome_is_in_the_mix_and_numbers_are_unique(int orders)
    {
        var plan = BurstPlan.Create(orders, 3);

        Assert.Equal(orders, plan.Orders.Select(order => order.Number).Distinct().Count());
        Assert.Equal(Enum.GetValues<BurstKind>().Order(), plan.Orders.Select(order => order.Kind).Distinct().Order());
    }

    [Fact]
    public void Only_what_is_planned_to_run_out_runs_out()
    {
        var plan = BurstPlan.Create(500, 4);

        var outsold = plan.Orders.GroupBy(order => order.Product).Where(group => group.Sum(order => order.Quantity) > group.Key.OnHand);

        Assert.All(outsold.SelectMany(group => group), order => Assert.Contains(order.Kind, new[] { BurstKind.OutOfStock, BurstKind.LastPieces }));
    }

    [Fact]
    public void The_reckoning_adds_up_what_is_delivered_and_nothing_else()
    {
        var cup = new BurstProduct("cup", 100, 2.50m, "EUR");
        var bowl = new BurstProduct("bowl", 100, 300m, "JPY");
        var last = new BurstProduct("burst-last-pieces", 1, 10m, "EUR");
        var plan = new BurstPlan(
            [cup, bowl, last],
            [
                new BurstOrder(0, BurstKind.Smooth, "c", cup, 2),
                new BurstOrder(1, BurstKind.FlakyPayment, "c", bowl, 1),
                new BurstOrder(2, BurstKind.Declined, "c", cup, 7),
                new BurstOrder(3, BurstKind.LastPieces, "c", last, 1),
                new BurstOrder(4, BurstKind.LastPieces, "c", last, 1),
                new BurstOrder(5, BurstKind.CancelledByCustomer, "c", cup, 3),
                new BurstOrder(6, BurstKind.CancelledByCustomer, "c", bowl, 4),
            ]);

        var reckoning = BurstReckoning.Of(plan, new HashSet<int> { 5 });

        Assert.Equal(4, reckoning.Delivered);
        Assert.Equal((2, 5, 1), (reckoning.Sold["cup"], reckoning.Sold["bowl"], reckoning.Sold["burst-last-pieces"]));
        Assert.Equal((15m, 1500m), (reckoning.Kept["EUR"], reckoning.Kept["JPY"]));
    }
}
