using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task While_the_store_is_away_requests_are_answered_503_with_a_time_to_come_again()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { LogLevel = LogLevel.None });
        shop.Http.Timeout = TimeSpan.FromMinutes(2);
        await shop.Runtime.StopStoreAsync();

        var order = $"api/orders/{Guid.NewGuid():N}";
        var answers = await Task.WhenAll(
            shop.Http.PostAsJsonAsync("api/orders", Orders.Of("cup", "customer")),
            shop.Http.PostAsJsonAsync($"{order}/cancel", new { reason = "Too slow." }),
            shop.Http.PostAsJsonAsync("api/inventory/cup/replenish", new { quantity = 1 }),
            GetAsync(order),
            GetAsync($"{order}/timeline"),
            GetAsync("api/customers/customer/orders"),
            GetAsync("api/inventory/cup"),
            GetAsync("api/admin/projections"),
            GetAsync("api/admin/projections/order/stalled"),
            GetAsync("api/admin/parked"),
            GetAsync("api/admin/audit?stream=ordering-1"),
            GetAsync("api/admin/webhooks"),
            GetAsync("api/marketing/profiles/customer"),
            GetAsync("api/admin/parked/ordering-1/0000000001"));
        using var health = await GetAsync("api/health");

        Assert.All(answers, answer =>
        {
            using (answer)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter?.Delta);
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        var checks = (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks");
        Assert.Equal(("unhealthy", "healthy", "healthy"), (Of("store"), Of("broker"), Of("sagas")));

        Task<HttpResponseMessage> GetAsync(string path) => shop.Http.GetAsync(new Uri(path, UriKind.Relative));

        string? Of(string name) => checks.GetProperty(name).GetString();
    }
}
