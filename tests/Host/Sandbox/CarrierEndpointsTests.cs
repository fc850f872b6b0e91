using System.Net;
using System.Security.Cryptography;
using System.Text;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class CarrierEndpointsTests
{
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_parcel_is_dispatched_and_delivered_and_each_step_is_told_once_and_signed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);

        var (status, body) = await sandbox.ShipAsync("10115", "k1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 2, "both notices arrive");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.NotEmpty(body.GetProperty("trackingNumber").GetString()!);
        Assert.Equal(["dispatched", "delivered"], receiver.Statuses);
        Assert.All(receiver.All, notice => Assert.Equal(notice.Signature, Signature(notice.Signature, notice.Body)));
        Assert.All(receiver.All, notice => Assert.Contains("\"reference\":\"order-1\"", notice.Body, StringComparison.Ordinal));
        Assert.Equal("delivered", Assert.Single(await sandbox.ListAsync("carrier/shipments", "shipments")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_notice_is_sent_again_until_it_is_accepted_and_keeps_its_place()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 3);
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);

        await sandbox.ShipAsync("10115", "k1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 5, "three refused and two accepted notices were sent");

        Assert.Equal(["dispatched", "dispatched", "dispatched", "dispatched", "delivered"], receiver.Statuses);
        Assert.Single(receiver.All.Take(4).Select(notice => notice.Body).Distinct());
    }

    [Fact]
    public async Task A_cancelled_parcel_is_not_delivered_any_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        var (_, body) = await sandbox.ShipAsync("10115", "k1");
        var address = new Uri($"carrier/shipments/{body.GetProperty("carrierShipmentId").GetString()}", UriKind.Relative);

        using var cancelled = await sandbox.Client.DeleteAsync(address);
        using var again = await sandbox.Client.DeleteAsync(address);
        await sandbox.ShipAsync("10115", "k2", "order-2");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count >= 2, "the other parcel is delivered");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (cancelled.StatusCode, again.StatusCode));
        Assert.All(receiver.All, notice => Assert.Contains("order-2", notice.Body, StringComparison.Ordinal));
        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task A_delivered_parcel_can_not_be_cancelled()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        var (_, body) = await sandbox.ShipAsync("10115", "k1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 2, "it is delivered");

        using var cancelled = await sandbox.Client.DeleteAsync(new Uri($"carrier/shipments/{body.GetProperty("carrierShipmentId").GetString()}", UriKind.Relative));
        using var unknown = await sandbox.Client.DeleteAsync(new Uri("carrier/shipments/shp_9", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (cancelled.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task A_parcel_to_nowhere_is_dispatched_and_never_delivered()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);

        await sandbox.ShipAsync("99999", "k1", "order-1");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 1, "it is dispatched");
        await sandbox.ShipAsync("10115", "k2", "order-2");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 3, "a later one is delivered");

        Assert.Equal(1, receiver.All.Count(notice => notice.Body.Contains("order-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Postal_codes_ask_for_refusal_failure_and_flakiness()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var nowhere = await sandbox.ShipAsync("00000", "k1");
        var broken = await sandbox.ShipAsync("50000", "k2");
        var first = await sandbox.ShipAsync("50300", "k3");
        var second = await sandbox.ShipAsync("50300", "k3");
        var third = await sandbox.ShipAsync("50300", "k3");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "address_unserviceable"), (nowhere.Status, nowhere.Body.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created], [first.Status, second.Status, third.Status]);
        Assert.Single(await sandbox.ListAsync("carrier/shipments", "shipments"));
    }

    [Fact]
    public async Task A_lost_answer_is_given_to_the_second_try_and_there_is_one_parcel()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var client = new CancellationTokenSource();
        var lost = sandbox.ShipAsync("40800", "k1", cancellationToken: client.Token);
        await Eventually.HoldsAsync(async () => (await sandbox.ListAsync("carrier/shipments", "shipments")).Count == 1, "the first try took effect");
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);

        Assert.Equal(HttpStatusCode.Created, (await sandbox.ShipAsync("40800", "k1")).Status);
        Assert.Single(await sandbox.ListAsync("carrier/shipments?reference=order-1", "shipments"));
    }

    [Fact]
    public async Task A_full_carrier_answers_503_and_takes_the_parcel_later()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 0);
        await using var sandbox = await SandboxFixture.StartAsync(maxParcelsInTransit: 1);
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        await sandbox.ShipAsync("10115", "k1");

        var full = await sandbox.ShipAsync("10115", "k2", "order-2");
        await AdvanceUntilAsync(sandbox, () => receiver.All.Count == 2, "the first parcel is delivered");
        await Eventually.HoldsAsync(
            async () => (await sandbox.ShipAsync("10115", "k2", "order-2")).Status == HttpStatusCode.Created, "the second parcel is taken");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "at_capacity"), (full.Status, full.Body.GetProperty("code").GetString()));
        Assert.Equal(2, (await sandbox.ListAsync("carrier/shipments", "shipments")).Count);
    }

    [Fact]
    public async Task A_stop_leaves_no_parcel_behind_that_still_tries_to_send()
    {
        var receiver = await WebhookReceiver.StartAsync(refusals: int.MaxValue);
        var sandbox = await SandboxFixture.StartAsync();
        sandbox.Server.SendCarrierNoticesTo(receiver.Address);
        await sandbox.ShipAsync("10115", "k1");
        await AdvanceUntilAsync(sandbox, () => !receiver.All.IsEmpty, "a notice is refused");

        await sandbox.DisposeAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal(0, sandbox.Clock.PendingTimers);
        await receiver.DisposeAsync();
    }

    private static Task AdvanceUntilAsync(SandboxFixture sandbox, Func<bool> condition, string what) => Eventually.HoldsAsync(
        () =>
        {
            sandbox.Clock.Advance(Transit);
            return condition();
        },
        what);

    private static string Signature(string received, string body)
    {
        var time = received.Split(',')[0][2..];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret of the tests"), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
