using System.Net;
using System.Text.Json;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class SandboxRestartTests : IDisposable
{
    private readonly string _folder = MemoryFolder.Create("eventfunctions-partners-");

    [Fact]
    public async Task A_payment_and_the_answer_to_its_key_are_known_after_a_restart()
    {
        string id;
        JsonElement answer;
        await using (var before = await StartAsync())
        {
            (_, answer) = await before.AuthorizeAsync("tok_ok", "k1");
            id = answer.GetProperty("authorizationId").GetString()!;
        }

        await using var sandbox = await StartAsync();
        var again = await sandbox.AuthorizeAsync("tok_ok", "k1");
        var other = await sandbox.AuthorizeAsync("tok_ok", "k1", amount: 7);
        var captured = await sandbox.PostAsync($"payments/authorizations/{id}/capture", new { amount = 100m }, "k2");
        var tooMuch = await sandbox.PostAsync($"payments/authorizations/{id}/capture", new { amount = 1m }, "k3");
        var next = await sandbox.AuthorizeAsync("tok_ok", "k4");

        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(answer.GetRawText(), again.Body.GetRawText());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (captured.Status, tooMuch.Status));
        Assert.NotEqual(id, next.Body.GetProperty("authorizationId").GetString());
        Assert.Equal(2, (await sandbox.ListAsync("payments/ledger", "authorizations")).Count);
    }

    [Fact]
    public async Task The_tries_of_a_flaky_card_are_counted_on_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await before.AuthorizeAsync("tok_flaky", "k1")).Status);
        }

        await using var sandbox = await StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await sandbox.AuthorizeAsync("tok_flaky", "k1")).Status);
        Assert.Equal(HttpStatusCode.Created, (await sandbox.AuthorizeAsync("tok_flaky", "k1")).Status);
    }

    [Fact]
    public async Task A_parcel_goes_on_from_where_a_stop_left_it_and_each_step_is_told()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using (var before = await StartAsync())
        {
            await before.ShipAsync("10115", "k1");
            before.Clock.Advance(TimeSpan.FromMilliseconds(300));
            await Eventually.HoldsAsync(async () => (await StatusesAsync(before)) is ["dispatched"], "the parcel is dispatched, and nobody was told");
        }

        await using var sandbox = await StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 2);
        await Eventually.HoldsAsync(async () => (await StatusesAsync(sandbox)) is ["delivered"], "the parcel is delivered");

        Assert.Equal(["dispatched", "delivered"], receiver.Statuses);
    }

    [Fact]
    public async Task A_step_the_customer_knows_of_is_not_told_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using (var before = await StartAsync())
        {
            before.Server.SendCarrierNoticesTo(receiver.Address);
            await before.ShipAsync("10115", "k1");
            await AdvanceUntilAsync(before, () => receiver.All.Count == 2);
        }

        await using var sandbox = await StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        await sandbox.ShipAsync("10115", "k2", "order-2");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count >= 4);

        Assert.Equal(["order-1", "order-1", "order-2", "order-2"], receiver.All.Select(notice => Reference(notice.Body)));
    }

    [Fact]
    public async Task An_order_that_the_supplier_had_taken_is_delivered_after_a_restart()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using (var before = await StartAsync())
        {
            await before.PostAsync("supplier/orders", new { reference = "ref-1", productId = "mug", quantity = 26 }, "k1");
        }

        await using var sandbox = await StartAsync();
        sandbox.Server.SendSupplierNoticesTo(receiver.Address);
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 1);

        Assert.Equal(["confirmed"], receiver.Statuses);
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_refused_by_name()
    {
        await using (var journal = await EventFunctions.Local.Journal.DurableJournal.OpenAsync(
            EventFunctions.Local.Journal.Files.DiskFolder.Open(_folder), new(), (_, _) => { }, CancellationToken.None))
        {
            await journal.AppendAsync(9, "something else"u8);
        }

        var refusal = await Assert.ThrowsAsync<EventFunctions.Local.Journal.JournalUnreadableException>(StartAsync);

        Assert.Contains(_folder, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Reference(string body) => JsonDocument.Parse(body).RootElement.GetProperty("reference").GetString();

    private static async Task<IReadOnlyList<string?>> StatusesAsync(SandboxFixture sandbox) =>
        [.. (await sandbox.ListAsync("carrier/shipments", "shipments")).Select(parcel => parcel.GetProperty("status").GetString())];

    private static Task AdvanceUntilAsync(SandboxFixture sandbox, Func<bool> condition) => Eventually.HoldsAsync(
        () =>
        {
            sandbox.Clock.Advance(TimeSpan.FromMilliseconds(300));
            return condition();
        },
        "the notices arrive");

    private Task<SandboxFixture> StartAsync() => SandboxFixture.StartAsync(folder: _folder);
}
