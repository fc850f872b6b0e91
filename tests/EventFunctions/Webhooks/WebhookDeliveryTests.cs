using EventFunctions.Webhooks;

namespace EventFunctions.Tests.Webhooks;

/// <summary>From an event to the outsider, and what becomes of it when he does not take it.</summary>
public sealed class WebhookDeliveryTests
{
    private readonly WebhookWorld _world = new();

    [Fact]
    public async Task Those_who_want_an_event_get_it_once_however_often_it_comes()
    {
        var wanting = await _world.EnabledAsync("shop.order.*");
        var exact = await _world.EnabledAsync(WebhookWorld.EventType);
        var all = await _world.EnabledAsync();
        var other = await _world.EnabledAsync("shop.stock.low.v1");

        for (var i = 0; i < 3; i++)
        {
            await _world.BeginAsync(1);
            await _world.MakeDueAsync();
        }

        Assert.Equal(
            new[] { wanting.Id, exact.Id, all.Id }.Order(),
            _world.Outsider.Posts.Select(p => p.WebhookId).Order());
        Assert.Equal(3, _world.Outsider.Posts.Select(p => p.Id).Distinct().Count());
        Assert.All(_world.Outsider.Posts, p => Assert.Equal(("{\"number\":1}", "application/cloudevents+json"), (p.Body, p.ContentType)));
        Assert.Empty(await _world.DeliveriesOfAsync(other));
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(wanting));
        Assert.Equal((DeliveryState.Delivered, 1, 200), (delivery.State, delivery.AttemptCount, Assert.Single(delivery.Attempts).Status));
    }

    [Fact]
    public async Task Until_it_is_verified_nothing_is_sent()
    {
        await _world.RegisterAsync("""{"url":"https://outsider.test/"}""");

        await _world.BeginAsync(1);

        Assert.Empty(_world.Queue);
    }

    [Fact]
    public async Task A_delivery_that_fails_is_tried_again_over_a_day_and_then_given_up()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(503);
        await _world.BeginAsync(1);

        var waits = await _world.UntilNothingIsDueAsync();

        Assert.Equal([TimeSpan.Zero, .. RetrySchedule.Delays], waits);
        Assert.InRange(waits.Aggregate((a, b) => a + b), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook));
        Assert.Equal((DeliveryState.GivenUp, 8, 8, (DateTimeOffset?)null), (delivery.State, delivery.AttemptCount, delivery.Attempts.Count, delivery.NextAttemptAt));
        Assert.Single(_world.Outsider.Posts.Select(p => (p.Id, p.Body)).Distinct());
        Assert.Equal(WebhookState.Enabled, (await _world.ShownAsync(webhook)).State);
    }

    [Fact]
    public async Task A_success_ends_the_retries_and_forgets_the_failures()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        await _world.BeginAsync(1);
        await _world.MakeDueAsync();
        Assert.Equal(_world.Clock.GetUtcNow(), (await _world.ShownAsync(webhook)).FailingSince);

        _world.Answers(204);
        await _world.UntilNothingIsDueAsync();

        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook));
        Assert.Equal((DeliveryState.Delivered, 2), (delivery.State, delivery.AttemptCount));
        Assert.Null((await _world.ShownAsync(webhook)).FailingSince);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Whatever_is_no_2xx_is_a_failure(int status)
    {
        await _world.EnabledAsync();
        _world.Answers(status);
        await _world.BeginAsync(1);

        await _world.MakeDueAsync();

        Assert.Equal(_world.Clock.GetUtcNow() + RetrySchedule.Delays[0], Assert.Single(_world.Queue).Due);
    }

    [Fact]
    public async Task Too_many_deliveries_given_up_in_a_row_disable_and_what_waits_is_given_up_unsent()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        for (var i = 1; i <= 3; i++)
        {
            await _world.BeginAsync(i);
            await _world.UntilNothingIsDueAsync();
        }

        var shown = await _world.ShownAsync(webhook);
        Assert.Equal((WebhookState.Disabled, Disabling.TooManyGivenUp), (shown.State, shown.Disabled!.Reason));
        await _world.BeginAsync(4);
        Assert.Equal(3, (await _world.DeliveriesOfAsync(webhook)).Count);
    }

    [Fact]
    public async Task A_success_in_between_begins_the_count_anew()
    {
        var webhook = await _world.EnabledAsync();
        foreach (var (number, status) in new[] { (1, 500), (2, 500), (3, 200), (4, 500), (5, 500) })
        {
            _world.Answers(status);
            await _world.BeginAsync(number);
            await _world.UntilNothingIsDueAsync();
        }

        Assert.Equal((WebhookState.Enabled, 2), ((await _world.ShownAsync(webhook)).State, (await _world.ShownAsync(webhook)).GivenUp.Count));
    }

    [Fact]
    public async Task Three_days_of_failures_alone_disable_though_nothing_was_given_up_often_enough()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        await _world.BeginAsync(1);
        await _world.MakeDueAsync();
        _world.Clock.Advance(TimeSpan.FromDays(3));

        await _world.MakeDueAsync();

        var shown = await _world.ShownAsync(webhook);
        Assert.Equal((WebhookState.Disabled, Disabling.OnlyFailures), (shown.State, shown.Disabled!.Reason));
        await _world.UntilNothingIsDueAsync();
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook));
        Assert.Equal((DeliveryState.GivenUp, DeliveryAttempt.NotWanted, 2), (delivery.State, delivery.Attempts[^1].Error, _world.Outsider.Posts.Count));
    }

    [Fact]
    public async Task Who_is_gone_is_disabled_at_once()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(410);
        await _world.BeginAsync(1);

        await _world.UntilNothingIsDueAsync();

        Assert.Equal(Disabling.Gone, (await _world.ShownAsync(webhook)).Disabled!.Reason);
        Assert.Equal(DeliveryState.GivenUp, Assert.Single(await _world.DeliveriesOfAsync(webhook)).State);
        Assert.Single(_world.Outsider.Posts);
    }

    [Fact]
    public async Task An_attempt_that_is_asked_for_again_is_not_made_again_but_what_follows_is()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        await _world.BeginAsync(1);
        var first = Assert.Single(_world.Queue).Attempt;
        await _world.MakeDueAsync();
        var second = Assert.Single(_world.Queue);

        await _world.Attempts.MakeAsync(first, CancellationToken.None);

        Assert.Equal([second], _world.Queue);
        Assert.Single(_world.Outsider.Posts);
        Assert.Equal(1, Assert.Single(await _world.DeliveriesOfAsync(webhook)).AttemptCount);
    }

    [Fact]
    public async Task A_delivery_is_made_again_on_demand_under_the_same_id_and_by_the_whole_schedule()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        await _world.BeginAsync(1);
        await _world.UntilNothingIsDueAsync();
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook));

        var answer = await _world.RedeliverAsync(webhook.Id.ToString(), delivery.Id.ToString());
        var waits = await _world.UntilNothingIsDueAsync();

        Assert.Equal((202, "Pending"), (answer.Response.StatusCode, answer.Json.GetProperty("state").GetString()));
        Assert.Equal([TimeSpan.Zero, .. RetrySchedule.Delays], waits);
        Assert.Equal((16, 1), (_world.Outsider.Posts.Count, _world.Outsider.Posts.Select(p => p.Id).Distinct().Count()));
        Assert.Single((await _world.ShownAsync(webhook)).GivenUp);
    }

    [Fact]
    public async Task A_delivery_that_waits_is_made_at_once_on_demand_and_not_twice()
    {
        var webhook = await _world.EnabledAsync();
        _world.Answers(500);
        await _world.BeginAsync(1);
        await _world.MakeDueAsync();
        var delivery = Assert.Single(await _world.DeliveriesOfAsync(webhook));

        _world.Answers(200);
        await _world.RedeliverAsync(webhook.Id.ToString(), delivery.Id.ToString());
        await _world.UntilNothingIsDueAsync();

        Assert.Equal(2, _world.Outsider.Posts.Count);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _world.DeliveriesOfAsync(webhook)).State);
    }

    [Fact]
    public async Task A_delivered_event_can_be_had_again()
    {
        var webhook = await _world.EnabledAsync();
        await _world.BeginAsync(1);
        await _world.UntilNothingIsDueAsync();

        await _world.RedeliverAsync(webhook.Id.ToString(), Assert.Single(await _world.DeliveriesOfAsync(webhook)).Id.ToString());
        await _world.UntilNothingIsDueAsync();

        Assert.Equal(2, _world.Outsider.Posts.Count);
        Assert.Single(_world.Outsider.Posts.Select(p => p.Id).Distinct());
    }

    [Fact]
    public void A_log_keeps_the_newest_attempts()
    {
        var delivery = new WebhookDelivery(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "type", "{}", DateTimeOffset.UnixEpoch, DeliveryState.Pending);

        for (var i = 1; i <= WebhookDelivery.AttemptsKept + 3; i++)
        {
            delivery = delivery.Again(DateTimeOffset.UnixEpoch).After(new DeliveryAttempt(i, DateTimeOffset.UnixEpoch, 1, 500));
        }

        Assert.Equal((WebhookDelivery.AttemptsKept + 3, WebhookDelivery.AttemptsKept), (delivery.AttemptCount, delivery.Attempts.Count));
        Assert.Equal(delivery.AttemptCount, delivery.Attempts[^1].Number);
    }
}
