using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

public sealed class RebuildTests
{
    private const int Before = 30;
    private const int During = 30;

    private static readonly string[] Projections = ["order", "customer-order", "stock", "product", "order-timeline"];

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Projections__GenerationCacheTime"] = "00:00:00.200",
        ["Projections__SettleDelay"] = "00:00:00.500",
        ["Projections__EventsPerStep"] = "50",
    };

    [Fact]
    public async Task Every_projection_is_rebuilt_while_orders_run_and_serves_all_of_them_and_can_be_taken_back()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { Settings = Settings });
        var product = Orders.Unique("bowl");
        await shop.StockUpAsync(product, 10_000);
        var placed = await PlaceAsync(shop, product, Before);

        await Task.WhenAll(Projections.Select(projection => SendAsync(shop, HttpMethod.Post, projection, string.Empty, HttpStatusCode.Accepted)));
        placed.AddRange(await PlaceAsync(shop, product, During));
        await Task.WhenAll(Projections.Select(projection => ReachesAsync(shop, projection, "Kept")));
        await Task.WhenAll(placed.Select(order => shop.SettleAsync(order)));

        var quiet = await shop.QuietAsync();
        foreach (var projection in Projections)
        {
            var (old, current) = (await shop.Store.ViewsAsync(projection), await shop.Store.ViewsAsync($"{projection}@2"));
            Assert.Equal(ContentOf(old, string.Empty), ContentOf(current, "g2:"));
            Assert.NotEmpty(old);
            var report = await SendAsync(shop, HttpMethod.Get, projection, string.Empty, HttpStatusCode.OK);
            Assert.Equal((2, 1), (Of(report, "serving"), Of(report, "previous")));
            Assert.Empty(report.GetProperty("generations").GetProperty("failures").EnumerateArray());
        }

        Assert.Equal(quiet.Events.Count(stored => stored.ConcernsAnOrder), (await shop.Store.ViewsAsync("order-timeline@2")).Count);
        Assert.Equal(0, Subscriptions.DeadOf(shop.Runtime));

        await SendAsync(shop, HttpMethod.Post, "order", "/rollback", HttpStatusCode.Accepted);
        await SendAsync(shop, HttpMethod.Post, "stock", "/finish", HttpStatusCode.Accepted);
        await ReachesAsync(shop, "order", "RolledBack");
        await ReachesAsync(shop, "stock", "Completed");

        Assert.Empty(await shop.Store.ViewsAsync("order@2"));
        Assert.Empty(await shop.Store.ViewsAsync("stock"));
        Assert.Equal(Before + During, (await shop.Store.ViewsAsync("order")).Count);
        foreach (var order in placed)
        {
            Assert.Equal("Delivered", (await shop.Client.FindOrderAsync(order, CancellationToken.None))!.Status);
        }

        // Both go on to follow what happens.
        var after = Assert.Single(await PlaceAsync(shop, product, 1));
        Assert.Equal("Delivered", (await shop.SettleAsync(after)).Status);
        var stock = await shop.Http.GetFromJsonAsync<JsonElement>($"api/inventory/{product}");
        Assert.Equal(10_000 - Before - During - 1, stock.GetProperty("onHand").GetInt32());
    }

    private static int Of(JsonElement report, string generation) => report.GetProperty("generations").GetProperty(generation).GetInt32();

    private static async Task<List<string>> PlaceAsync(RunningShop shop, string product, int count)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, count).Select(
            _ => shop.Client.PlaceAsync(Orders.Of(product, Orders.Unique("customer")), null, null, CancellationToken.None)));
        return [.. replies.Select(reply => reply.Expect("Placing an order").OrderId)];
    }

    private static async Task<JsonElement> SendAsync(RunningShop shop, HttpMethod method, string projection, string command, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, $"api/admin/projections/{projection}/rebuild{command}");
        using var response = await shop.Http.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(expected == response.StatusCode, $"{projection}{command}: {response.StatusCode} {body}");
        return body;
    }

    private static async Task ReachesAsync(RunningShop shop, string projection, string phase)
    {
        var last = string.Empty;
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var report = await SendAsync(shop, HttpMethod.Get, projection, string.Empty, HttpStatusCode.OK);
                    last = report.ToString();
                    return report.GetProperty("phase").GetString() == phase;
                },
                $"the rebuild of {projection} is in phase {phase}");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} It is: {last}", exception);
        }
    }

    /// <summary>What views show, by the keys that the projection gave them.</summary>
    /// <summary>What is sealed is sealed anew in each generation, under another nonce.</summary>
    private static string Opened(string json) =>
        Regex.Replace(json, "\"\\$sealed\":\"[^\"]*\"", "\"sealed\":true", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static List<string> ContentOf(IReadOnlyList<JsonElement> views, string prefix) =>
    [
        .. views.Select(view => string.Join(
            ' ',
            view.GetProperty("partition").GetString()![prefix.Length..],
            view.GetProperty("id").GetString(),
            view.GetProperty("version").GetInt64(),
            view.GetProperty("since").GetString(),
            Opened(view.GetProperty("view").GetRawText()))).Order(StringComparer.Ordinal),
    ];
}
