using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Local.Host.Demo;
using EventFunctions.Local.Host.Demo.Burst;

namespace EventFunctions.EndToEnd.Tests;

public sealed class BurstTests
{
    [Fact]
    public async Task A_burst_adds_up_in_every_book_and_every_event_is_handled_once_by_its_views()
    {
        // Shorter than the demo's time-out, so that the lost answers cost the test less.
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { ProviderAttemptTimeout = TimeSpan.FromSeconds(2) });
        var run = new DemoRun(shop.Runtime.AppAddress, shop.Runtime.SandboxAddress, TimeSpan.FromSeconds(180));

        var result = await run.PlayAsync(new BurstScenario(orders: 100, seed: 11), progress: null, CancellationToken.None);

        Assert.True(result.Passed, string.Join("; ", result.Checks.Where(check => !check.Passed)));
        var quiet = await shop.QuietAsync();
        quiet.AssertOneEntryPerEvent();
        await AssertHandledOnceAsync(shop, quiet.Events);
    }

    private static async Task AssertHandledOnceAsync(RunningShop shop, IReadOnlyList<StoredEvent> events)
    {
        var heads = await shop.Store.HeadsAsync();
        var byStream = events.GroupBy(stored => stored.Stream).ToDictionary(stream => stream.Key, stream => stream.Select(stored => stored.Version).Order().ToList());
        Assert.Equal(heads.Keys.Order(), byStream.Keys.Order());
        Assert.All(byStream, stream => Assert.Equal(Enumerable.Range(1, (int)heads[stream.Key]).Select(version => (long)version), stream.Value));

        await AssertShownAsync(shop, heads, "order", view => $"ordering-{Partition(view)["order-".Length..]}", "ordering-");
        await AssertShownAsync(shop, heads, "customer-order", view => $"ordering-{view.GetProperty("id").GetString()}", "ordering-");
        await AssertShownAsync(shop, heads, "stock", view => $"inventory-{view.GetProperty("id").GetString()}", "inventory-");
        await AssertShownAsync(shop, heads, "product", view => $"catalog-{view.GetProperty("id").GetString()}", "catalog-");
        Assert.Equal(0, Subscriptions.DeadOf(shop.Runtime));
        Assert.Equal(0, (await shop.Store.CountAsync())["parked"]);
    }

    private static async Task AssertShownAsync(
        RunningShop shop, IReadOnlyDictionary<string, long> heads, string kind, Func<JsonElement, string> streamOf, string category)
    {
        var shown = (await shop.Store.ViewsAsync(kind)).ToDictionary(streamOf, view => view.GetProperty("version").GetInt64());
        var written = heads.Where(head => head.Key.StartsWith(category, StringComparison.Ordinal));
        Assert.Equal(written.OrderBy(head => head.Key, StringComparer.Ordinal), shown.OrderBy(view => view.Key, StringComparer.Ordinal));
    }

    private static string Partition(JsonElement view) => view.GetProperty("partition").GetString()!;
}
