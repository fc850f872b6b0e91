using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests.Operators;

public sealed class ParkedEventTests
{
    [Fact]
    public async Task A_parked_event_is_published_once_after_the_fix_and_what_is_behind_it_catches_up()
    {
        NarrowTopic? topic = null;
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions
        {
            LogLevel = LogLevel.None,
            ConfigureServices = services => services.AddSingleton<IEventPublisher>(
                p => topic = new NarrowTopic(p.GetRequiredService<Azure.Messaging.ServiceBus.ServiceBusClient>(), tooLarge: "order-paid")),
        });
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 10);
        var order = (await shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer")))).OrderId;
        var paid = Assert.Single(await shop.Store.StreamAsync($"ordering-{order}"), e => e.Type == "order-paid");
        var path = $"api/admin/parked/ordering-{order}/{paid.Version:D10}";

        var listed = Assert.Single((await shop.Http.GetFromJsonAsync<JsonElement>("api/admin/parked")).GetProperty("items").EnumerateArray());
        Assert.Equal(
            ($"ordering-{order}", $"{paid.Version:D10}", "too-large"),
            (listed.GetProperty("stream").GetString(), listed.GetProperty("id").GetString(), listed.GetProperty("code").GetString()));
        var shown = await shop.Http.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal(paid.EventId, shown.GetProperty("document").GetProperty("eventId").GetString());
        Assert.DoesNotContain(await EntriesAsync(shop), id => id == Guid.Parse(paid.EventId));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(shop, $"{path}/retry"));

        topic!.Widen();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(shop, $"{path}/retry"));

        // The timeline has no versions that would tell it of a gap: it has waited for just this message.
        var quiet = await shop.QuietAsync();
        quiet.AssertOneEntryPerEvent();
        Assert.Equal(quiet.Events.Select(e => e.EventId).Order(), topic.Sent.Select(s => s.MessageId).Order());
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(shop, $"{path}/retry"));
        Assert.Equal((0, 0), ((await shop.Store.CountAsync())["parked"], Subscriptions.DeadOf(shop.Runtime)));
    }

    [Fact]
    public async Task An_event_that_nobody_knows_is_parked_shown_as_it_is_stored_and_can_be_discarded_with_a_reason()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { LogLevel = LogLevel.None });
        var stream = $"ordering-{Guid.NewGuid():N}";
        using var client = new CosmosClient(
            shop.Runtime.CosmosConnectionString,
            EventSourcing.Cosmos.EventStoreClientOptions.ForConnectionString(shop.Runtime.CosmosConnectionString, "EventFunctions.EndToEnd"));
        await client.GetContainer(LocalRuntime.DatabaseName, "events").CreateItemAsync(
            new { id = "0000000001", stream, kind = "event", note = "From a newer version of the code." }, new PartitionKey(stream));
        var path = $"api/admin/parked/{stream}/0000000001";

        var shown = await Eventually.FindsAsync(
            async () =>
            {
                using var answer = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
                return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
            },
            "the event is parked");
        Assert.Contains("From a newer version of the code.", shown, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(shop, $"{path}/discard", new { reason = string.Empty }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(shop, $"{path}/discard", new { reason = "It was a test." }));

        Assert.Empty((await shop.Http.GetFromJsonAsync<JsonElement>("api/admin/parked")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(shop, $"{path}/retry"));
        Assert.Equal(1, (await shop.Store.CountAsync())["parked"]);
    }

    private static async Task<HttpStatusCode> PostAsync(RunningShop shop, string path, object? body = null)
    {
        using var answer = await shop.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<Guid>> EntriesAsync(RunningShop shop) =>
        [.. (await shop.Store.ViewsAsync("order-timeline")).Select(e => Guid.Parse(e.GetProperty("id").GetString()!))];
}
