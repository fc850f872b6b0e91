using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Http;
using EventFunctions.Webhooks.Api;
using EventFunctions.Webhooks.Storing;

namespace EventFunctions.Tests.Webhooks;

public sealed class WebhookApiTests
{
    private const string Valid = """{"url":"https://outsider.test/hooks","eventTypes":["shop.order.*","shop.stock.low.v1"],"description":"The warehouse."}""";
    private readonly WebhookWorld _world = new();

    [Fact]
    public async Task A_registration_shows_the_secret_once()
    {
        var registered = await _world.RegisterAsync(Valid, key: "k1");
        var repeated = await _world.RegisterAsync(Valid, key: "k1");

        Assert.Equal(201, registered.Response.StatusCode);
        var webhook = registered.Json.GetProperty("webhook");
        var id = webhook.GetProperty("id").GetString()!;
        Assert.Equal(("Unverified", $"/api/admin/webhooks/{id}"), (webhook.GetProperty("state").GetString(), registered.Response.Headers.Location.ToString()));
        var secret = registered.Json.GetProperty("secret").GetString()!;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal((200, id), (repeated.Response.StatusCode, repeated.Json.GetProperty("id").GetString()));

        var shown = await GetAsync(id);
        var listed = await new HttpCall().AnswerAsync(r => new ListWebhooksEndpoint(_world.List).RunAsync(r, CancellationToken.None));
        Assert.All([repeated, shown, listed], a => Assert.DoesNotContain("ecret", a.Json.GetRawText(), StringComparison.Ordinal));
        Assert.Single(listed.Json.GetProperty("items").EnumerateArray());
        var stored = JsonSerializer.Serialize((await _world.Webhooks.FindAsync(new Guid(id), CancellationToken.None))!.Value, EventJson.Options);
        Assert.DoesNotContain(secret["whsec_".Length..], stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":"http://outsider.test/"}""", "url")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "url")]
    [InlineData("""{"url":"https://outsider.test/","eventTypes":["order-placed"]}""", "eventTypes[0]")]
    [InlineData("""{"url":"https://outsider.test/","eventTypes":["shop.order.*","shop.nothing.*",null]}""", "eventTypes[1]", "eventTypes[2]")]
    public async Task A_registration_that_is_wrong_is_told_field_by_field(string body, params string[] fields)
    {
        var answer = await _world.RegisterAsync(body);

        Assert.Equal(400, answer.Response.StatusCode);
        Assert.Equal(fields, answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task There_are_not_more_than_the_limit()
    {
        for (var i = 0; i < WebhookLimits.MaxWebhooks; i++)
        {
            await _world.EnabledAsync();
        }

        var answer = await _world.RegisterAsync(Valid);

        Assert.Equal((422, "too-many-webhooks"), (answer.Response.StatusCode, answer.Json.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" {0}\n")]
    [InlineData("{{\"challenge\":\"{0}\"}}")]
    public async Task An_address_that_sends_the_challenge_back_is_enabled(string form)
    {
        var id = await RegisteredAsync();
        _world.Outsider.Answer = post => RecordingWebhookSender.Ok(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, form, JsonDocument.Parse(post.Body).RootElement.GetProperty("challenge").GetString()));

        var answer = await _world.VerifyAsync(id);

        Assert.Equal((200, "Enabled"), (answer.Response.StatusCode, answer.Json.GetProperty("state").GetString()));
        Assert.Equal("webhook.verification", JsonDocument.Parse(Assert.Single(_world.Outsider.Posts).Body).RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "hello")]
    [InlineData(200, "{\"challenge\":\"guessed\"}")]
    [InlineData(200, "[1]")]
    [InlineData(500, null)]
    public async Task One_that_does_not_stays_as_it_is(int status, string? body)
    {
        var id = await RegisteredAsync();
        _world.Outsider.Answer = post => body is null ? WebhookWorld.Echo(post) with { Status = status } : RecordingWebhookSender.Ok(body) with { Status = status };

        var answer = await _world.VerifyAsync(id);

        Assert.Equal((422, "webhook-challenge-failed"), (answer.Response.StatusCode, answer.Json.GetProperty("code").GetString()));
        Assert.Equal("Unverified", (await GetAsync(id)).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Each_challenge_is_another()
    {
        var id = await RegisteredAsync();

        await _world.VerifyAsync(id);
        await _world.VerifyAsync(id);

        Assert.Equal(2, _world.Outsider.Posts.Select(p => p.Body).Distinct().Count());
    }

    [Fact]
    public async Task What_was_never_verified_is_not_enabled_and_what_was_disabled_is()
    {
        var unverified = await RegisteredAsync();
        var disabled = await _world.EnabledAsync();
        await _world.Changes.ApplyAsync(disabled.Id, w => w.Gone(_world.Clock.GetUtcNow()), CancellationToken.None);

        var refused = await EnableAsync(unverified);
        var enabled = await EnableAsync(disabled.Id.ToString());

        Assert.Equal((409, "webhook-not-verified"), (refused.Response.StatusCode, refused.Json.GetProperty("code").GetString()));
        Assert.Equal((200, "Enabled"), (enabled.Response.StatusCode, enabled.Json.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_new_secret_takes_the_place_of_the_one_before_after_a_day()
    {
        var webhook = await _world.EnabledAsync();

        var answer = await new HttpCall().AnswerAsync(r =>
            new RotateWebhookSecretEndpoint(_world.Changes, _world.Secrets, _world.Clock).RunAsync(r, webhook.Id.ToString(), CancellationToken.None));

        var shown = await _world.ShownAsync(webhook);
        Assert.Equal($"whsec_{Convert.ToBase64String(_world.Secrets.Open(webhook.Id, shown.Secret))}", answer.Json.GetProperty("secret").GetString());
        Assert.Equal((webhook.Secret, _world.Clock.GetUtcNow() + TimeSpan.FromDays(1)), (shown.PreviousSecret!.Secret, shown.PreviousSecret.Until));
    }

    [Fact]
    public async Task A_deleted_webhook_gets_nothing_any_more()
    {
        var webhook = await _world.EnabledAsync();
        await _world.BeginAsync(1);

        var deleted = await DeleteAsync(webhook.Id.ToString());
        await _world.UntilNothingIsDueAsync();
        await _world.BeginAsync(2);

        Assert.Equal((204, 404), (deleted.Response.StatusCode, (await DeleteAsync(webhook.Id.ToString())).Response.StatusCode));
        Assert.Empty(_world.Outsider.Posts);
        Assert.Empty(_world.Queue);
    }

    [Fact]
    public async Task Deliveries_are_listed_newest_first_page_by_page()
    {
        var webhook = await _world.EnabledAsync();
        for (var i = 1; i <= 3; i++)
        {
            await _world.BeginAsync(i);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _world.MakeDueAsync();
        var first = await DeliveriesAsync(webhook.Id.ToString(), "?pageSize=2");
        var second = await DeliveriesAsync(webhook.Id.ToString(), $"?pageSize=2&continuation={Uri.EscapeDataString(first.Json.GetProperty("continuation").GetString()!)}");
        var wrong = await DeliveriesAsync(webhook.Id.ToString(), "?continuation=x");

        Assert.Equal(
            [WebhookWorld.EventId(3), WebhookWorld.EventId(2), WebhookWorld.EventId(1)],
            new[] { first, second }.SelectMany(p => p.Json.GetProperty("items").EnumerateArray()).Select(d => d.GetProperty("eventId").GetGuid()));
        Assert.Equal(200, first.Json.GetProperty("items")[0].GetProperty("attempts")[0].GetProperty("status").GetInt32());
        Assert.Equal(400, wrong.Response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_delivered_again_to_what_is_disabled_or_not_there()
    {
        var webhook = await _world.EnabledAsync();
        await _world.BeginAsync(1);
        await _world.UntilNothingIsDueAsync();
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook)).Id.ToString();

        var unknown = await _world.RedeliverAsync(webhook.Id.ToString(), Guid.NewGuid().ToString());
        var malformed = await _world.RedeliverAsync(webhook.Id.ToString(), "x");
        var nobody = await _world.RedeliverAsync(Guid.NewGuid().ToString(), delivery);
        await _world.Changes.ApplyAsync(webhook.Id, w => w.Gone(_world.Clock.GetUtcNow()), CancellationToken.None);
        var disabled = await _world.RedeliverAsync(webhook.Id.ToString(), delivery);

        Assert.Equal(["delivery-not-found", "delivery-not-found", "webhook-not-found", "webhook-not-enabled"], new[] { unknown, malformed, nobody, disabled }.Select(a => a.Json.GetProperty("code").GetString()));
        Assert.Single(_world.Outsider.Posts);
    }

    private Task<HttpCall> GetAsync(string id) => new HttpCall().AnswerAsync(r => new GetWebhookEndpoint(_world.Webhooks).RunAsync(r, id, CancellationToken.None));

    private Task<HttpCall> EnableAsync(string id) => new HttpCall().AnswerAsync(r => new EnableWebhookEndpoint(_world.Changes).RunAsync(r, id, CancellationToken.None));

    private Task<HttpCall> DeleteAsync(string id) => new HttpCall().AnswerAsync(r => new DeleteWebhookEndpoint(_world.Webhooks).RunAsync(r, id, CancellationToken.None));

    private Task<HttpCall> DeliveriesAsync(string id, string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString(query);
        return call.AnswerAsync(r => new ListWebhookDeliveriesEndpoint(_world.Deliveries).RunAsync(r, id, CancellationToken.None));
    }

    private async Task<string> RegisteredAsync() => (await _world.RegisterAsync(Valid)).Json.GetProperty("webhook").GetProperty("id").GetString()!;
}
