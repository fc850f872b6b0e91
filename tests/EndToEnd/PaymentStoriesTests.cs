using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>What an operator does with a payment, over HTTP, down to the provider's own ledger.</summary>
[Collection(SharedRuntime.Name)]
public sealed class PaymentStoriesTests(RuntimeFixture fixture)
{
    [Fact]
    public async Task Parts_of_a_delivered_order_are_refunded_until_nothing_is_left_and_the_providers_ledger_agrees()
    {
        var order = await DeliveredAsync();

        var first = await RefundAsync(order, """{"amount":4.5,"reason":"A plate was chipped."}""", "part");
        Assert.Equal("Refunded", await EndAsync(first));
        await RefundAsync(order, """{"amount":4.5,"reason":"A plate was chipped."}""", "part");
        Assert.Equal((12.5m, 4.5m), await LedgerAsync(order));
        Assert.Equal("Refunded", await EndAsync(await RefundAsync(order, """{"reason":"The rest is broken too."}""", "rest")));

        Assert.Equal((12.5m, 12.5m), await LedgerAsync(order));
        using var tooMuch = await PostAsync(order, """{"amount":0.01,"reason":"Out of kindness."}""", "more");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.StatusCode);
        var payment = await fixture.Shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/payments/{order}");
        Assert.Equal(("Refunded", 2), (payment.GetProperty("status").GetString(), payment.GetProperty("refunds").GetArrayLength()));
        Assert.Equal(2, (await fixture.Shop.Store.StreamAsync($"payments-{order}")).Count(e => e.Type == "payment-refunded"));
    }

    [Fact]
    public async Task The_saga_of_a_delivered_order_can_be_read_and_has_nothing_to_resume()
    {
        var order = await DeliveredAsync();

        JsonElement saga = default;
        await Eventually.HoldsAsync(
            async () => (saga = await fixture.Shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/sagas/{order}")).GetProperty("state").GetString() == "Completed",
            "the saga has ended");
        using var resumed = await fixture.Shop.Http.PostAsync(new Uri($"api/admin/sagas/{order}/resume", UriKind.Relative), content: null);

        Assert.False(saga.GetProperty("isResumable").GetBoolean());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, resumed.StatusCode);
    }

    private async Task<string> DeliveredAsync()
    {
        var product = Orders.Unique("plate");
        await fixture.Shop.StockUpAsync(product, 5);
        var order = await fixture.Shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer")));
        Assert.Equal("Delivered", order.Status);
        return order.OrderId;
    }

    private async Task<Uri> RefundAsync(string order, string body, string key)
    {
        using var answer = await PostAsync(order, body, key);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private Task<HttpResponseMessage> PostAsync(string order, string body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/admin/payments/{order}/refunds")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        return fixture.Shop.Http.SendAsync(request);
    }

    private async Task<string> EndAsync(Uri operation) => await Eventually.FindsAsync(
        async () => (await fixture.Shop.Http.GetFromJsonAsync<JsonElement>(operation)).GetProperty("state").GetString() is { } state and not "Refunding" ? state : null,
        "the refund has ended");

    private async Task<(decimal Captured, decimal Refunded)> LedgerAsync(string order)
    {
        var ledger = await fixture.Shop.Sandbox.GetFromJsonAsync<JsonElement>($"payments/ledger?reference={order}");
        var line = Assert.Single(ledger.GetProperty("authorizations").EnumerateArray());
        return (line.GetProperty("captured").GetDecimal(), line.GetProperty("refunded").GetDecimal());
    }
}
