using EventFunctions.EventSourcing;
using EventFunctions.Tests.Support;
using EventFunctions.Webhooks;
using EventFunctions.Webhooks.Storing;
using Moq;

namespace EventFunctions.Tests.Webhooks;

/// <summary>How often events ask which webhooks there are, and when a change of them is noticed.</summary>
public sealed class EnabledWebhooksTests
{
    private const string Wanted = "shop.order.placed.v1";
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IWebhookList> _list = new(MockBehavior.Strict);
    private readonly List<Webhook> _stored = [];

    public EnabledWebhooksTests() => _list.Setup(l => l.ListAsync(It.IsAny<CancellationToken>())).ReturnsAsync(() => [.. _stored]);

    [Fact]
    public async Task Events_within_the_time_ask_once_and_what_nobody_wants_asks_no_more_than_the_rest()
    {
        var enabled = Known();

        foreach (var type in new[] { Wanted, "shop.stock.low.v1", Wanted, "shop.stock.low.v1" })
        {
            Assert.Empty(await enabled.WantingAsync(type, CancellationToken.None));
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Asked(Times.Once());
    }

    [Fact]
    public async Task Many_at_once_ask_once()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<Webhook>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _list.Setup(l => l.ListAsync(It.IsAny<CancellationToken>())).Returns(answer.Task);
        var enabled = Known();

        var asking = Enumerable.Range(0, 8).Select(_ => enabled.WantingAsync(Wanted, CancellationToken.None)).ToList();
        answer.SetResult([Webhook(WebhookState.Enabled)]);

        Assert.All(await Task.WhenAll(asking), found => Assert.Single(found));
        Asked(Times.Once());
    }

    [Fact]
    public async Task A_webhook_that_is_enabled_gets_events_when_the_time_is_over_and_not_before()
    {
        var enabled = Known();
        Assert.Empty(await enabled.WantingAsync(Wanted, CancellationToken.None));
        _stored.Add(Webhook(WebhookState.Enabled));

        _clock.Advance(MaxAge - TimeSpan.FromTicks(1));
        Assert.Empty(await enabled.WantingAsync(Wanted, CancellationToken.None));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(_stored[0].Id, Assert.Single(await enabled.WantingAsync(Wanted, CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_this_process_makes_counts_at_once_even_where_its_answer_is_lost(bool isLost)
    {
        var enabled = Known();
        Assert.Empty(await enabled.WantingAsync(Wanted, CancellationToken.None));
        var webhook = Webhook(WebhookState.Enabled);
        var webhooks = new Mock<IWebhooks>();
        webhooks.Setup(w => w.SaveAsync(webhook, null, CancellationToken.None)).Callback(() => _stored.Add(webhook))
            .Returns(() => isLost ? throw new StoreUnavailableException("away") : Task.FromResult(true));
        webhooks.Setup(w => w.DeleteAsync(webhook.Id, CancellationToken.None)).Callback(_stored.Clear)
            .Returns(() => isLost ? throw new StoreUnavailableException("away") : Task.CompletedTask);
        var announced = new AnnouncedWebhooks(webhooks.Object, enabled);

        Assert.Equal(isLost, await Record.ExceptionAsync(() => announced.SaveAsync(webhook, null, CancellationToken.None)) is not null);
        Assert.Single(await enabled.WantingAsync(Wanted, CancellationToken.None));

        Assert.Equal(isLost, await Record.ExceptionAsync(() => announced.DeleteAsync(webhook.Id, CancellationToken.None)) is not null);
        Assert.Empty(await enabled.WantingAsync(Wanted, CancellationToken.None));
    }

    [Fact]
    public async Task Only_those_are_found_that_are_enabled_and_want_the_type()
    {
        var wanting = Webhook(WebhookState.Enabled, "shop.order.*");
        _stored.AddRange(
            [wanting, Webhook(WebhookState.Enabled, "shop.stock.low.v1"), Webhook(WebhookState.Unverified), Webhook(WebhookState.Disabled)]);

        Assert.Equal(wanting.Id, Assert.Single(await Known().WantingAsync(Wanted, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task Without_a_time_each_event_asks()
    {
        var enabled = new EnabledWebhooks(_list.Object, _clock, TimeSpan.Zero);

        await enabled.WantingAsync(Wanted, CancellationToken.None);
        await enabled.WantingAsync(Wanted, CancellationToken.None);

        Asked(Times.Exactly(2));
    }

    [Fact]
    public async Task A_failure_is_told_and_not_remembered()
    {
        var enabled = Known();
        _list.SetupSequence(l => l.ListAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StoreUnavailableException("away"))
            .ReturnsAsync([Webhook(WebhookState.Enabled)]);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => enabled.WantingAsync(Wanted, CancellationToken.None));

        Assert.Single(await enabled.WantingAsync(Wanted, CancellationToken.None));
    }

    [Fact]
    public async Task Of_a_webhook_that_was_disabled_since_a_delivery_begins_and_nothing_is_sent()
    {
        var world = new WebhookWorld(MaxAge);
        var webhook = await world.EnabledAsync();
        await world.BeginAsync(1);
        await world.MakeDueAsync();
        await world.Changes.ApplyAsync(webhook.Id, w => w.Gone(world.Clock.GetUtcNow()), CancellationToken.None);

        await world.BeginAsync(2);
        await world.MakeDueAsync();

        Assert.Equal("""{"number":1}""", Assert.Single(world.Outsider.Posts).Body);
        Assert.Equal(DeliveryState.GivenUp, (await world.DeliveriesOfAsync(webhook)).Single(d => d.EventId == WebhookWorld.EventId(2)).State);
    }

    private static Webhook Webhook(WebhookState state, params string[] eventTypes) =>
        new(Guid.NewGuid(), new Uri("https://outsider.test/"), eventTypes, null, "sealed", DateTimeOffset.UnixEpoch, state);

    private EnabledWebhooks Known() => new(_list.Object, _clock, MaxAge);

    private void Asked(Times times) => _list.Verify(l => l.ListAsync(It.IsAny<CancellationToken>()), times);
}
