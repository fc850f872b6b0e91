using EventFunctions.EventSourcing;
using EventFunctions.Integration;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Support;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Api;
using EventFunctions.Webhooks.Secrets;
using EventFunctions.Webhooks.Sending;
using EventFunctions.Webhooks.Storing;

namespace EventFunctions.Tests.Webhooks;

/// <summary>Webhooks on stores in memory, with a clock that the test moves and an outsider that it plays.</summary>
internal sealed class WebhookWorld : IWebhookQueue
{
    public const string EventType = "shop.order.confirmed.v1";
    private static readonly DisablingRules Rules = new(AfterGivenUp: 3, AfterFailingFor: TimeSpan.FromDays(3));
    private readonly List<(DueAttempt Attempt, DateTimeOffset Due)> _queue = [];

    /// <param name="listCacheTime">How long a list of webhooks is used: as a rule they are looked up for each event.</param>
    public WebhookWorld(TimeSpan listCacheTime = default)
    {
        var memory = new InMemoryViewStore();
        var stored = new StoredWebhooks(memory, memory);
        (Webhooks, List) = (stored, stored);
        Changes = new WebhookChanges(Webhooks);
        FanOut = new WebhookFanOut(new EnabledWebhooks(List, Clock, listCacheTime), Deliveries, this, Clock);
        Attempts = new WebhookAttempts(Webhooks, Changes, Deliveries, Outsider, this, Rules, Clock);
        Outsider.Answer = _ => RecordingWebhookSender.Ok() with { At = Clock.GetUtcNow() };
    }

    public ManualTimeProvider Clock { get; } = new();

    public IWebhooks Webhooks { get; }

    public IWebhookList List { get; }

    public IWebhookDeliveries Deliveries { get; } = new StoredWebhookDeliveries(new InMemoryViewStore());

    public IWebhookSecrets Secrets { get; } = new AesGcmWebhookSecrets(new byte[32]);

    public RecordingWebhookSender Outsider { get; } = new();

    public WebhookChanges Changes { get; }

    public WebhookFanOut FanOut { get; }

    public WebhookAttempts Attempts { get; }

    /// <summary>What is asked for and not made yet, with when it is due.</summary>
    public IReadOnlyList<(DueAttempt Attempt, DateTimeOffset Due)> Queue => _queue;

    /// <summary>The outsider answers with a status.</summary>
    public void Answers(int status) => Outsider.Answer = _ => RecordingWebhookSender.Status(status, Clock.GetUtcNow());

    public Task EnqueueAsync(DueAttempt attempt, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        // As the queue drops what it has seen.
        if (!_queue.Any(q => q.Attempt == attempt))
        {
            _queue.Add((attempt, due ?? Clock.GetUtcNow()));
        }

        return Task.CompletedTask;
    }

    public Task BeginAsync(int number, string type = EventType) =>
        FanOut.BeginAsync(EventId(number), type, $$"""{"number":{{number}}}""", CancellationToken.None);

    public static Guid EventId(int number) => NameBasedGuid.Create(Guid.Empty, $"event {number}");

    /// <summary>Makes the attempts that are due now, and those that become due at once.</summary>
    public async Task MakeDueAsync()
    {
        while (_queue.FirstOrDefault(q => q.Due <= Clock.GetUtcNow()) is { Attempt: { } attempt } next)
        {
            _queue.Remove(next);
            await Attempts.MakeAsync(attempt, CancellationToken.None);
        }
    }

    /// <summary>Lets time pass until nothing is asked for any more.</summary>
    /// <returns>How much time passed before each attempt.</returns>
    public async Task<IReadOnlyList<TimeSpan>> UntilNothingIsDueAsync()
    {
        var waits = new List<TimeSpan>();
        while (_queue.Count > 0)
        {
            var wait = _queue.Min(q => q.Due) - Clock.GetUtcNow();
            waits.Add(wait);
            Clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await MakeDueAsync();
        }

        return waits;
    }

    public async Task<Webhook> EnabledAsync(params string[] eventTypes)
    {
        var id = Guid.NewGuid();
        var webhook = new Webhook(id, new Uri("https://outsider.test/"), eventTypes, null, Secrets.Seal(id, [1, 2, 3]), Clock.GetUtcNow(), WebhookState.Unverified)
            .Verified(Clock.GetUtcNow());
        Assert.True(await Webhooks.SaveAsync(webhook, token: null, CancellationToken.None));
        return webhook;
    }

    public async Task<Webhook> ShownAsync(Webhook webhook) => (await Webhooks.FindAsync(webhook.Id, CancellationToken.None))!.Value;

    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesOfAsync(Webhook webhook) =>
        (await Deliveries.ListAsync(webhook.Id, 100, null, CancellationToken.None)).Deliveries;

    public Task<HttpCall> RegisterAsync(string body, string? key = null) => (key is null ? new HttpCall(body) : new HttpCall(body, ("Idempotency-Key", key)))
        .AnswerAsync(r => new RegisterWebhookEndpoint(
            Webhooks, List, Secrets, new RegisterWebhookValidator(new IntegrationContracts(), allowsPrivate: false), Clock).RunAsync(r, CancellationToken.None));

    public Task<HttpCall> VerifyAsync(string id) => new HttpCall().AnswerAsync(r => new VerifyWebhookEndpoint(
        Webhooks, Changes, new WebhookVerification(Outsider), Clock).RunAsync(r, id, CancellationToken.None));

    public Task<HttpCall> RedeliverAsync(string id, string delivery) => new HttpCall().AnswerAsync(r => new RedeliverWebhookEndpoint(
        Webhooks, Deliveries, this, Clock).RunAsync(r, id, delivery, CancellationToken.None));

    /// <summary>An outsider that sends a challenge back.</summary>
    public static WebhookAnswer Echo(RecordingWebhookSender.Post post) => RecordingWebhookSender.Ok(
        System.Text.Json.JsonDocument.Parse(post.Body).RootElement.GetProperty("challenge").GetString()!);
}
