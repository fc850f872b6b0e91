using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Local.Host.Demo;
using EventFunctions.Local.Host.Demo.Burst;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>The demo's stories without an orchestrator, in one running back end: they end as they do with one.</summary>
public sealed class ChoreographyTests(ChoreographyTests.Fixture fixture) : IClassFixture<ChoreographyTests.Fixture>
{
    [Fact]
    public async Task Every_story_ends_as_it_must_and_every_book_agrees()
    {
        var run = new DemoRun(fixture.Shop.Runtime.AppAddress, fixture.Shop.Runtime.SandboxAddress, Eventually.DefaultDeadline);

        foreach (var story in DemoRun.Stories)
        {
            var result = await run.PlayAsync(story, progress: null, CancellationToken.None);

            Assert.True(result.Passed, $"({story.Letter}) {story.Title}: {string.Join("; ", result.Checks.Where(check => !check.Passed))}");
        }
    }

    [Fact]
    public async Task A_burst_adds_up_in_every_book_and_leaves_no_dead_letter()
    {
        var run = new DemoRun(fixture.Shop.Runtime.AppAddress, fixture.Shop.Runtime.SandboxAddress, TimeSpan.FromSeconds(180));

        var result = await run.PlayAsync(new BurstScenario(orders: 60, seed: 12), progress: null, CancellationToken.None);

        Assert.True(result.Passed, string.Join("; ", result.Checks.Where(check => !check.Passed)));
        (await fixture.Shop.QuietAsync()).AssertOneEntryPerEvent();
        Assert.Equal(0, Subscriptions.DeadOf(fixture.Shop.Runtime));
        Assert.Equal(0, fixture.Shop.Runtime.Broker.GetCounts("order-deadlines").DeadLetter);
    }

    [Fact]
    public async Task A_large_order_that_nobody_reviews_in_time_is_cancelled()
    {
        var product = Orders.Unique("plate");
        await fixture.Shop.StockUpAsync(product, 500);
        var order = await fixture.Shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer"), quantity: 500));

        Assert.Equal(("Cancelled", "review-timeout"), (order.Status, order.Cancellation?.Code));
    }

    [Fact]
    public async Task A_parcel_that_never_arrives_is_shown_to_operators()
    {
        var product = Orders.Unique("plate");
        await fixture.Shop.StockUpAsync(product, 5);
        var reply = await fixture.Shop.Client.PlaceAsync(
            Orders.Of(product, Orders.Unique("customer"), postalCode: "99999"), null, null, CancellationToken.None);
        var order = reply.Expect("Placing the order").OrderId;

        await Eventually.HoldsAsync(
            async () => (await fixture.Shop.Http.GetStringAsync(new Uri("api/admin/orders/overdue?pageSize=100", UriKind.Relative)))
                .Contains(order, StringComparison.Ordinal),
            $"order {order} is shown as overdue");
    }

    /// <summary>A back end whose orders are led by handlers, and that waits for nobody long.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private RunningShop? _shop;

        internal RunningShop Shop => _shop ?? throw new InvalidOperationException("The fixture was not started.");

        public async Task InitializeAsync() => _shop = await RunningShop.StartAsync(new LocalRuntimeOptions
        {
            // Shorter than the demo's time-out, so that the lost answers cost the test less.
            ProviderAttemptTimeout = TimeSpan.FromSeconds(2),
            Settings = new Dictionary<string, string>
            {
                ["Ordering__Flow"] = "Choreography",
                ["Ordering__ReviewAbove__EUR"] = "5000",
                ["Ordering__ReviewTimeout"] = "00:00:01",
                ["Ordering__DeliveryTimeout"] = "00:00:01",
            },
        });

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }
}
