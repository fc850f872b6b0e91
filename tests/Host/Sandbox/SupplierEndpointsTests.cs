using System.Net;
using System.Text.Json;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class SupplierEndpointsTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task An_order_is_delivered_and_told_once_signed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 1);
        await using var sandbox = await StartAsync(receiver);

        var (status, body) = await OrderAsync(sandbox, "mug", "k1");
        await OrderAsync(sandbox, "mug", "k1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 2, "a refused and an accepted notice were sent");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(["confirmed", "confirmed"], receiver.Statuses);
        var notice = JsonDocument.Parse(receiver.All.Last().Body).RootElement;
        Assert.Equal(
            ("ref-1", body.GetProperty("supplierOrderId").GetString(), 26),
            (notice.GetProperty("reference").GetString(), notice.GetProperty("supplierOrderId").GetString(), notice.GetProperty("quantity").GetInt32()));
        Assert.All(receiver.All, sent => Assert.Matches("^t=[0-9]+,v1=[0-9a-f]{64}$", sent.Signature));
        Assert.Equal("confirmed", Assert.Single(await ListAsync(sandbox)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Products_ask_for_refusal_failure_and_flakiness()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await StartAsync(receiver);

        var discontinued = await OrderAsync(sandbox, "discontinued-mug", "k1");
        var broken = await OrderAsync(sandbox, "unsuppliable-mug", "k2");
        var first = await OrderAsync(sandbox, "flaky-mug", "k3");
        var second = await OrderAsync(sandbox, "flaky-mug", "k3");
        var third = await OrderAsync(sandbox, "flaky-mug", "k3");
        var incomplete = await sandbox.PostAsync("supplier/orders", new { reference = "ref-1", quantity = 1 }, "k4");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "product_discontinued"), (discontinued.Status, discontinued.Body.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.Status);
        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created], [first.Status, second.Status, third.Status]);
        Assert.Equal(HttpStatusCode.BadRequest, incomplete.Status);
        Assert.Single(await ListAsync(sandbox));
    }

    [Fact]
    public async Task A_product_that_cannot_be_had_is_called_off_later()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await StartAsync(receiver);

        await OrderAsync(sandbox, "undeliverable-mug", "k1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 1, "the order is called off");

        Assert.Equal(["refused"], receiver.Statuses);
    }

    [Fact]
    public async Task A_forgotten_order_is_delivered_once_the_supplier_is_reminded_and_a_lost_one_never()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await StartAsync(receiver);
        var (_, forgotten) = await OrderAsync(sandbox, "forgotten-mug", "k1");
        var (_, lost) = await OrderAsync(sandbox, "lost-mug", "k2");
        sandbox.Clock.Advance(Delay * 10);
        var before = receiver.All.Count;

        var reminded = await RemindAsync(sandbox, forgotten, "k3");
        await RemindAsync(sandbox, forgotten, "k3");
        await RemindAsync(sandbox, lost, "k4");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 1, "the forgotten order is delivered");
        var unknown = await sandbox.PostAsync("supplier/orders/sup_9/reminders", new { }, "k5");

        Assert.Equal((0, HttpStatusCode.Accepted), (before, reminded.Status));
        var orders = (await ListAsync(sandbox)).OrderBy(o => o.GetProperty("productId").GetString()).ToList();
        Assert.Equal(["confirmed", "open"], orders.Select(o => o.GetProperty("status").GetString()));
        Assert.Equal([1, 1], orders.Select(o => o.GetProperty("reminders").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    private static async Task<SandboxFixture> StartAsync(WebhookReceiver receiver)
    {
        var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendSupplierNoticesTo(receiver.Address);
        return sandbox;
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> OrderAsync(SandboxFixture sandbox, string product, string key) =>
        sandbox.PostAsync("supplier/orders", new { reference = "ref-1", productId = product, quantity = 26 }, key);

    private static Task<(HttpStatusCode Status, JsonElement Body)> RemindAsync(SandboxFixture sandbox, JsonElement order, string key) =>
        sandbox.PostAsync($"supplier/orders/{order.GetProperty("supplierOrderId").GetString()}/reminders", new { }, key);

    private static Task<IReadOnlyList<JsonElement>> ListAsync(SandboxFixture sandbox) => sandbox.ListAsync("supplier/orders", "orders");

    private static Task AdvanceUntilAsync(SandboxFixture sandbox, Func<bool> condition, string what) => Eventually.HoldsAsync(
        () =>
        {
            sandbox.Clock.Advance(Delay);
            return condition();
        },
        what);
}
