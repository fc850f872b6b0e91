using System.Text;
using System.Text.Json;
using EventFunctions.Http;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Inventory.Replenishment.Api;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Partners;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Replenishment;

public sealed class ReplenishmentEndpointTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-some-length";
    private readonly ReplenishmentWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_suppliers_word_of_a_delivery_puts_it_on_stock_once()
    {
        var trace = await OrderedAsync();

        var first = await ReportAsync(Confirmed(trace, 26));
        await _world.EndAsync(trace);
        var again = await ReportAsync(Confirmed(trace, 26));

        Assert.Equal((204, 204), (first.Response.StatusCode, again.Response.StatusCode));
        Assert.Equal(30, await _world.AvailableAsync());
    }

    [Fact]
    public async Task The_suppliers_refusal_is_shown_with_its_reason()
    {
        var trace = await OrderedAsync();

        var call = await ReportAsync(new SupplierConfirmationRequest(trace.InstanceId, FakeSupplier.IdOf(trace.InstanceId), "refused", null, "None left."));
        await _world.ReachesAsync(trace, ReplenishmentState.Escalated);
        var shown = await GetAsync(trace.InstanceId);

        Assert.Equal(204, call.Response.StatusCode);
        Assert.Equal(
            ("Escalated", "supplier-delivery-refused", "None left.", "mug", 26),
            (Text(shown, "state"), Text(shown, "code"), Text(shown, "reason"), Text(shown, "productId"), shown.Json.GetProperty("ordered").GetInt32()));
    }

    [Fact]
    public async Task Reports_that_are_not_the_suppliers_or_not_about_our_orders_change_nothing()
    {
        var trace = await OrderedAsync();
        var confirmed = Confirmed(trace, 26);

        Assert.Equal(401, (await ReportAsync(confirmed, "another-secret-altogether")).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync(confirmed with { SupplierOrderId = "another" })).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync(confirmed with { Reference = ReplenishmentTrace.InstancePrefix + Guid.NewGuid().ToString("N") })).Response.StatusCode);
        Assert.Equal(404, (await ReportAsync(confirmed with { Reference = "another" })).Response.StatusCode);
        Assert.Equal(["reference", "supplierOrderId", "status"], Errors(await ReportAsync(new SupplierConfirmationRequest(null, null, "lost", null, null))));
        Assert.Equal(["quantity"], Errors(await ReportAsync(confirmed with { Quantity = 1.5m })));
        Assert.Equal(["quantity"], Errors(await ReportAsync(confirmed with { Quantity = 0 })));
        Assert.Equal(["reason"], Errors(await ReportAsync(confirmed with { Reason = new string('x', 501) })));
        Assert.Equal("Ordered", Text(await GetAsync(trace.InstanceId), "state"));
        Assert.Equal(4, await _world.AvailableAsync());
    }

    [Fact]
    public async Task Operators_list_what_is_open_and_end_it_once()
    {
        _world.Supplier.Refuses = true;
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Escalated);

        var listed = Assert.Single((await ListAsync()).Json.GetProperty("items").EnumerateArray());
        var told = await ConfirmAsync(trace.InstanceId, """{"quantity":20}""", (IdempotencyKey.Header, "key-1"));
        await _world.EndAsync(trace);
        var late = await ConfirmAsync(trace.InstanceId, """{"quantity":20}""", (IdempotencyKey.Header, "key-1"));

        Assert.Equal((trace.InstanceId, "Escalated", "product-discontinued"), (
            listed.GetProperty("replenishmentId").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("code").GetString()));
        Assert.Equal((202, $"/api/admin/replenishments/{trace.InstanceId}"), (told.Response.StatusCode, told.Response.Headers.Location.ToString()));
        Assert.Equal((409, "replenishment-ended"), (late.Response.StatusCode, Text(late, "code")));
        Assert.Empty((await ListAsync()).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("Replenished", 24), (Text(await GetAsync(trace.InstanceId), "state"), await _world.AvailableAsync()));
    }

    [Fact]
    public async Task An_operator_who_closes_it_without_pieces_says_why()
    {
        var trace = await OrderedAsync();

        Assert.Equal(["quantity"], Errors(await ConfirmAsync(trace.InstanceId, "{}")));
        Assert.Equal(["quantity"], Errors(await ConfirmAsync(trace.InstanceId, """{"quantity":-1}""")));
        Assert.Equal(["reason"], Errors(await ConfirmAsync(trace.InstanceId, """{"quantity":0,"reason":" "}""")));
        Assert.Equal(404, (await ConfirmAsync("another", """{"quantity":1}""")).Response.StatusCode);
        Assert.Equal(202, (await ConfirmAsync(trace.InstanceId, """{"quantity":0,"reason":"Not sold any more."}""")).Response.StatusCode);

        var end = await _world.EndAsync(trace);
        Assert.Equal((ReplenishmentState.Closed, "Not sold any more."), (end.State, end.Reason));
        Assert.Equal(404, (await GetAsync("another")).Response.StatusCode);
    }

    private static SupplierConfirmationRequest Confirmed(ReplenishmentTrace trace, int quantity) =>
        new(trace.InstanceId, FakeSupplier.IdOf(trace.InstanceId), "confirmed", quantity, null);

    private static string? Text(HttpCall call, string name) => call.Json.GetProperty(name).GetString();

    private static IEnumerable<string> Errors(HttpCall call)
    {
        Assert.Equal(400, call.Response.StatusCode);
        return call.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name);
    }

    private async Task<ReplenishmentTrace> OrderedAsync()
    {
        var trace = await _world.StartAsync();
        await _world.BeginAsync(trace);
        await _world.ReachesAsync(trace, ReplenishmentState.Ordered);
        return trace;
    }

    private Task<HttpCall> ReportAsync(SupplierConfirmationRequest report, string secret = Secret)
    {
        var body = JsonSerializer.Serialize(report, JsonSerializerOptions.Web);
        var signature = CarrierSignatureTests.Sign(Encoding.UTF8.GetBytes(body), secret, DateTimeOffset.UtcNow);
        var endpoint = new ReceiveSupplierConfirmationEndpoint(
            new SupplierSignature(Secret, TimeProvider.System), new SupplierConfirmationValidator(), NullLogger<ReceiveSupplierConfirmationEndpoint>.Instance);
        return new HttpCall(body, (SupplierSignature.Header, signature)).AnswerAsync(r => endpoint.RunAsync(r, _world.Client, CancellationToken.None));
    }

    private Task<HttpCall> ListAsync() =>
        new HttpCall().AnswerAsync(r => new ListReplenishmentsEndpoint().RunAsync(r, _world.Client, CancellationToken.None));

    private Task<HttpCall> GetAsync(string id) =>
        new HttpCall().AnswerAsync(r => new GetReplenishmentEndpoint().RunAsync(r, _world.Client, id, CancellationToken.None));

    private Task<HttpCall> ConfirmAsync(string id, string body, params (string, string)[] headers) => new HttpCall(body, headers).AnswerAsync(
        r => new ConfirmReplenishmentEndpoint(new ConfirmReplenishmentValidator()).RunAsync(r, _world.Client, id, CancellationToken.None));
}
