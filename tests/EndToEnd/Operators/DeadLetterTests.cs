using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests.Operators;

public sealed class DeadLetterTests
{
    private const string Timeline = "api/admin/dead-letters/shipping-events/ProjectShippingTimeline";

    [Fact]
    public async Task A_message_that_died_is_seen_resubmitted_after_the_fix_and_handled_and_nothing_is_left()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { LogLevel = LogLevel.None });
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 10);
        var order = (await shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer")))).OrderId;
        var quiet = await shop.QuietAsync();
        var entries = quiet.Entries.Count;
        var delivered = Assert.Single(await shop.Store.StreamAsync($"shipping-{order}"), e => e.Type == "shipment-delivered");

        // The relay's message once more, as a subscriber that could not read its type would have left it.
        await SendAsync(shop, delivered.EventId, $"shipping-{order}", "shipment-delivered", await DocumentAsync(shop, order, delivered.Version, "shipment-lost"));
        var dead = await Eventually.FindsAsync(async () => await OnlyAsync(shop), "the message is dead");
        Assert.Equal(("unknown-type", $"shipping-{order}"), (dead.Reason, dead.Stream));
        var shown = await shop.Http.GetFromJsonAsync<JsonElement>($"{Timeline}/{dead.SequenceNumber}");
        Assert.Equal("shipment-lost", shown.GetProperty("body").GetProperty("type").GetString());
        var summary = (await shop.Http.GetFromJsonAsync<JsonElement>("api/admin/dead-letters")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Subscriptions.All.Count, summary.Count);
        Assert.Equal(1, summary.Single(s => s.GetProperty("subscription").GetString() == "ProjectShippingTimeline").GetProperty("count").GetInt32());

        // Nothing is mended, so it dies again, under another number: it was sent, and it is not lost.
        Assert.Equal(HttpStatusCode.OK, await PostAsync(shop, $"{Timeline}/{dead.SequenceNumber}/resubmit"));
        var again = await Eventually.FindsAsync(
            async () => await OnlyAsync(shop) is { } next && next.SequenceNumber != dead.SequenceNumber ? next : null, "the message is dead again");
        Assert.Equal(dead.MessageId, again.ResubmittedFrom);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(shop, $"{Timeline}/{dead.SequenceNumber}/resubmit"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(shop, $"{Timeline}/{again.SequenceNumber}/discard", new { reason = " " }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(shop, $"{Timeline}/{again.SequenceNumber}/discard", new { reason = "It was a test." }));

        Assert.Null(await OnlyAsync(shop));
        Assert.Equal(entries, (await shop.QuietAsync()).Entries.Count);
    }

    [Fact]
    public async Task Subscriptions_and_dead_letters_that_there_are_not_are_404()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions { LogLevel = LogLevel.None });

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(shop, "api/admin/dead-letters/shipping-events/Nobody/resubmit"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(shop, $"{Timeline}/4711/resubmit"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(shop, $"{Timeline}/resubmit", new { limit = 501 }));
        using var none = await shop.Http.GetAsync(new Uri($"{Timeline}/4711", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static async Task<DeadLetter?> OnlyAsync(RunningShop shop) =>
        (await shop.Http.GetFromJsonAsync<DeadLetters>(Timeline))!.Items is [var only] ? only : null;

    private static async Task<string> DocumentAsync(RunningShop shop, string order, long version, string type)
    {
        var page = await shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/streams/shipping-{order}/events?from={version}&pageSize=1");
        return page.GetProperty("items")[0].GetRawText().Replace("\"shipment-delivered\"", $"\"{type}\"", StringComparison.Ordinal);
    }

    private static async Task SendAsync(RunningShop shop, string eventId, string stream, string subject, string body)
    {
        await using var client = shop.Runtime.Broker.CreateClient();
        await using var sender = client.CreateSender("shipping-events");
        await sender.SendMessageAsync(new ServiceBusMessage(body) { MessageId = $"{eventId}-again", SessionId = stream, Subject = subject, CorrelationId = "test" });
    }

    private static async Task<HttpStatusCode> PostAsync(RunningShop shop, string path, object? body = null)
    {
        using var answer = await shop.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
        return answer.StatusCode;
    }

    private sealed record DeadLetters(IReadOnlyList<DeadLetter> Items);

    private sealed record DeadLetter(long SequenceNumber, string MessageId, string Stream, string Reason, string? ResubmittedFrom);
}
