using System.Net;
using System.Net.Http.Json;
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

        using var command = await shop.Http.PostAsJsonAsync("api/orders", Orders.Of("cup", "customer"));
        using var query = await shop.Http.GetAsync(new Uri("api/inventory/cup", UriKind.Relative));
        using var health = await shop.Http.GetAsync(new Uri("api/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, command.StatusCode);
        Assert.NotNull(command.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", command.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, query.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }
}
