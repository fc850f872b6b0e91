using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.EventSourcing;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.EndToEnd.Tests.BadInput;

public sealed class BadInputTests
{
    [Fact]
    public async Task Every_bad_request_is_told_what_is_wrong_and_nothing_is_written()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions());
        var product = Orders.Unique("vase");
        await shop.StockUpAsync(product, 10);
        var reply = await shop.Client.PlaceAsync(Orders.Of(product, "ada"), BadRequests.UsedKey, null, CancellationToken.None);
        var delivered = await shop.SettleAsync(reply.Expect("Placing the order").OrderId);
        Assert.Equal("Delivered", delivered.Status);
        await shop.QuietAsync();
        var before = await shop.Store.CountAsync();

        var wrong = new List<string>();
        foreach (var bad in BadRequests.All)
        {
            using var request = bad.ToRequest(delivered.OrderId, product);
            using var response = await shop.Http.SendAsync(request);
            wrong.AddRange(Mistakes(bad, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync()));
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.Equal(before, await shop.Store.CountAsync());
    }

    [Fact]
    public async Task Of_many_writers_at_once_each_is_told_the_truth_about_its_own_write()
    {
        const int writers = 60;
        var once = new AggregateRepositoryOptions { MaxAttempts = 1 };
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { ConfigureServices = services => services.AddSingleton(once) });
        var product = Orders.Unique("jug");

        var statuses = new List<int>();
        await Eventually.HoldsAsync(
            async () =>
            {
                statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => ReplenishAsync(shop, product))));
                return statuses.Contains(409);
            },
            "two writers met, and with one attempt each one had to lose");

        var won = statuses.Count(status => status == 200);
        Assert.All(statuses, status => Assert.True(status is 200 or 409, $"answered {status}"));
        await Eventually.HoldsAsync(
            async () => (await shop.Client.FindStockAsync(product, CancellationToken.None))?.OnHand == won, $"{won} pieces are on hand");
        Assert.Equal(won, (await shop.Store.StreamAsync($"inventory-{product}")).Count(stored => stored.Type == "stock-replenished"));
    }

    private static async Task<int> ReplenishAsync(RunningShop shop, string product)
    {
        using var content = new StringContent("{\"quantity\":1}", System.Text.Encoding.UTF8, "application/json");
        using var response = await shop.Http.PostAsync(new Uri($"api/inventory/{product}/replenish", UriKind.Relative), content);
        return (int)response.StatusCode;
    }

    private static IEnumerable<string> Mistakes(BadRequest bad, int status, string? mediaType, string body)
    {
        if (status != bad.Status)
        {
            yield return $"{bad}: {status} instead of {bad.Status}: {body}";
        }

        if (mediaType != "application/problem+json")
        {
            yield return $"{bad}: answered as '{mediaType}' instead of problem details: {body}";
            yield break;
        }

        var problem = JsonDocument.Parse(body).RootElement;
        if (bad.Code is not null && problem.GetProperty("code").GetString() != bad.Code)
        {
            yield return $"{bad}: code {problem.GetProperty("code")} instead of {bad.Code}";
        }

        if (!problem.TryGetProperty("correlationId", out _) || !problem.TryGetProperty("code", out _))
        {
            yield return $"{bad}: without code or correlation id: {body}";
        }

        var named = problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(error => error.Name).ToList() : [];
        foreach (var missing in bad.Fields.Except(named, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{bad}: '{missing}' is not named, only {string.Join(", ", named)}";
        }
    }
}
