using System.Net;
using System.Text;
using EventFunctions.Tests.Support;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Secrets;
using EventFunctions.Webhooks.Sending;

namespace EventFunctions.Tests.Webhooks;

public sealed class HttpWebhookSenderTests
{
    private static readonly AesGcmWebhookSecrets Secrets = new(new byte[32]);
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("0123456789abcdef01234567");
    private static readonly byte[] OldSecret = Encoding.UTF8.GetBytes("fedcba987654321001234567");
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_post_has_id_time_and_signature_over_exactly_its_body()
    {
        using var handler = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("thanks") }));

        var answer = await SendAsync(handler, Webhook());

        Assert.Equal((202, "thanks", (string?)null, true), (answer.Status, answer.Body, answer.Error, answer.IsSuccess));
        Assert.Equal("application/cloudevents+json", handler.ContentType);
        var timestamp = handler.Headers[WebhookSignature.TimestampHeader];
        Assert.Equal((_clock.GetUtcNow().ToUnixTimeSeconds().ToString(), "delivery-1"), (timestamp, handler.Headers[WebhookSignature.IdHeader]));
        Assert.Equal(WebhookSignature.Sign([Secret], "delivery-1", timestamp, handler.Body), handler.Headers[WebhookSignature.SignatureHeader]);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(handler.Body));
    }

    [Theory]
    [InlineData(23, 2)]
    [InlineData(24, 1)]
    public async Task The_secret_before_counts_for_a_day(int hoursLater, int signatures)
    {
        using var handler = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage()));
        var webhook = Webhook() with { Secret = Secrets.Seal(Id, OldSecret) };
        var rotated = webhook.Rotated(Secrets.Seal(Id, Secret), _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromHours(hoursLater));

        await SendAsync(handler, rotated);

        var all = handler.Headers[WebhookSignature.SignatureHeader].Split(' ');
        Assert.Equal(signatures, all.Length);
        Assert.Equal(WebhookSignature.Sign([Secret], "delivery-1", handler.Headers[WebhookSignature.TimestampHeader], handler.Body), all[0]);
    }

    [Fact]
    public async Task No_answer_in_time_is_an_answer_that_says_so()
    {
        using var handler = new AnsweringHandler(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new HttpResponseMessage();
        });

        var sending = SendAsync(handler, Webhook());
        await Eventually.HoldsAsync(() => handler.Calls == 1, "the post is under way");
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("within 10 s", (await sending).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_answer_only_the_beginning_is_read()
    {
        using var handler = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new StringContent(new string('x', 1_000_000)) }));

        var answer = await SendAsync(handler, Webhook());

        Assert.Equal((WebhookAnswer.MaxBodyBytes, 200), (answer.Body!.Length, answer.ToAttempt(1).Snippet!.Length));
    }

    [Fact]
    public async Task A_forbidden_address_is_told_by_name_and_nothing_is_sent()
    {
        using var handler = WebhookHttp.NewHandler(new GuardedConnection(new LoopbackResolver(), allowsPrivate: false));

        var answer = await SendAsync(handler, Webhook());

        Assert.Null(answer.Status);
        Assert.Contains("'outsider.test' stands for 127.0.0.1", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_is_not_followed_and_no_proxy_or_cookie_is_used()
    {
        using var handler = WebhookHttp.NewHandler(new GuardedConnection(new LoopbackResolver(), allowsPrivate: false));

        Assert.Equal((false, false, false), (handler.AllowAutoRedirect, handler.UseProxy, handler.UseCookies));
        Assert.NotNull(handler.ConnectCallback);
    }

    [Fact]
    public void A_snippet_has_no_control_characters() => Assert.Equal("no  thanks", RecordingWebhookSender.Status(500).ToAttempt(1).Snippet);

    private static readonly Guid Id = new("5f0c5a5e-0f0d-4b43-8a57-6f6c7b0a1d22");

    private static Webhook Webhook() => new(
        Id, new Uri("https://outsider.test/hooks"), [], null, Secrets.Seal(Id, Secret), DateTimeOffset.UnixEpoch, WebhookState.Enabled);

    private async Task<WebhookAnswer> SendAsync(HttpMessageHandler handler, Webhook webhook)
    {
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        return await new HttpWebhookSender(client, Secrets, TimeSpan.FromSeconds(10), _clock)
            .SendAsync(webhook, "delivery-1", "application/cloudevents+json", "{\"a\":1}"u8.ToArray(), CancellationToken.None);
    }

    private sealed class LoopbackResolver : IHostResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]);
    }

    private sealed class AnsweringHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        public Dictionary<string, string> Headers { get; private set; } = [];

        public string? ContentType { get; private set; }

        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(' ', h.Value));
            ContentType = request.Content!.Headers.ContentType!.MediaType;
            Body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
            Calls++;
            return await answer(request, cancellationToken);
        }
    }
}
