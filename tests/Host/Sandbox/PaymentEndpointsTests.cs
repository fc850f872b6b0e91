using System.Net;
using System.Text.Json;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class PaymentEndpointsTests
{
    [Fact]
    public async Task An_authorisation_can_be_captured_and_refunded_and_the_ledger_shows_it()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (status, held) = await sandbox.AuthorizeAsync("tok_ok", "k1");
        var id = held.GetProperty("authorizationId").GetString();

        var captured = await sandbox.PostAsync($"payments/authorizations/{id}/capture", new { amount = 100m }, "k2");
        var refunded = await sandbox.PostAsync($"payments/authorizations/{id}/refund", new { amount = 30m }, "k3");
        var tooMuch = await sandbox.PostAsync($"payments/authorizations/{id}/refund", new { amount = 70.01m }, "k4");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("authorized", held.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, captured.Status);
        Assert.NotEmpty(captured.Body.GetProperty("captureId").GetString()!);
        Assert.NotEmpty(refunded.Body.GetProperty("refundId").GetString()!);
        Assert.Equal((HttpStatusCode.Conflict, "refund_exceeds_capture"), (tooMuch.Status, tooMuch.Body.GetProperty("code").GetString()));
        var line = Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
        Assert.Equal((100m, 100m, 30m, false), Sums(line));
        var total = Assert.Single(await sandbox.ListAsync("payments/ledger", "totals"));
        Assert.Equal(("EUR", 100m, 30m), (total.GetProperty("currency").GetString(), total.GetProperty("captured").GetDecimal(), total.GetProperty("refunded").GetDecimal()));
    }

    [Theory]
    [InlineData("tok_declined", "card_declined")]
    [InlineData("tok_insufficient", "insufficient_funds")]
    public async Task A_declined_card_is_answered_402_and_leaves_no_trace_in_the_ledger(string token, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var (status, body) = await sandbox.AuthorizeAsync(token, "k1");

        Assert.Equal((HttpStatusCode.PaymentRequired, code), (status, body.GetProperty("code").GetString()));
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        Assert.Empty(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task The_same_key_is_answered_the_same_and_takes_effect_once_even_from_many_at_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sandbox.AuthorizeAsync("tok_ok", "k1")));

        Assert.Single(answers.Select(answer => answer.Body.GetRawText()).Distinct());
        Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task A_key_may_not_come_with_another_request_nor_be_missing()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.AuthorizeAsync("tok_ok", "k1");

        var other = await sandbox.AuthorizeAsync("tok_ok", "k1", amount: 99m);
        var none = await sandbox.PostAsync("payments/authorizations", new { reference = "r", amount = 1m, currency = "EUR", token = "tok_ok" }, null);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Body.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency_key_required"), (none.Status, none.Body.GetProperty("code").GetString()));
        Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task A_flaky_card_fails_twice_without_effect_and_then_works()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var first = await sandbox.AuthorizeAsync("tok_flaky", "k1");
        var second = await sandbox.AuthorizeAsync("tok_flaky", "k1");
        var before = await sandbox.ListAsync("payments/ledger", "authorizations");
        var third = await sandbox.AuthorizeAsync("tok_flaky", "k1");

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.Created], [first.Status, second.Status, third.Status]);
        Assert.Empty(before);
        Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task A_lost_answer_is_given_to_the_second_try_and_the_effect_is_there_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var client = new CancellationTokenSource();
        var lost = sandbox.AuthorizeAsync("tok_timeout", "k1", cancellationToken: client.Token);
        await Eventually.HoldsAsync(() => sandbox.Clock.PendingTimers > 0, "the first try hangs");
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);

        var again = await sandbox.AuthorizeAsync("tok_timeout", "k1");

        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task A_slow_card_is_authorised_when_its_time_has_passed_and_not_before()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var slow = sandbox.AuthorizeAsync("tok_slow", "k1");
        await Eventually.HoldsAsync(() => sandbox.Clock.PendingTimers > 0, "the authorisation takes its time");

        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(1499));
        Assert.Empty(await sandbox.ListAsync("payments/ledger", "authorizations"));
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(HttpStatusCode.Created, (await slow).Status);
        Assert.Single(await sandbox.ListAsync("payments/ledger", "authorizations"));
    }

    [Fact]
    public async Task A_stop_ends_an_answer_that_is_held_back()
    {
        var sandbox = await SandboxFixture.StartAsync();
        var held = sandbox.AuthorizeAsync("tok_timeout", "k1");
        await Eventually.HoldsAsync(() => sandbox.Clock.PendingTimers > 0, "the first try hangs");

        await sandbox.Server.DisposeAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await held).Status);
        sandbox.Client.Dispose();
    }

    [Fact]
    public async Task The_ledger_can_be_asked_for_one_reference()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.AuthorizeAsync("tok_ok", "k1", reference: "order-1");
        await sandbox.AuthorizeAsync("tok_ok", "k2", reference: "order-2");

        var lines = await sandbox.ListAsync("payments/ledger?reference=order-2", "authorizations");

        Assert.Equal("order-2", Assert.Single(lines).GetProperty("reference").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"reference\":\"r\",\"amount\":1,\"currency\":\"EURO\",\"token\":\"tok_ok\"}")]
    [InlineData("{\"reference\":\"r\",")]
    public async Task An_incomplete_or_unreadable_body_is_answered_400_with_problem_details(string body)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        content.Headers.Add("Idempotency-Key", "k1");

        using var response = await sandbox.Client.PostAsync(new Uri("payments/authorizations", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static (decimal Amount, decimal Captured, decimal Refunded, bool Voided) Sums(JsonElement line) => (
        line.GetProperty("amount").GetDecimal(),
        line.GetProperty("captured").GetDecimal(),
        line.GetProperty("refunded").GetDecimal(),
        line.GetProperty("voided").GetBoolean());
}
