using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications.Reactions;
using EventFunctions.Notifications.Templates;
using EventFunctions.Resilience;
using EventFunctions.Tests.Customers;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace EventFunctions.Tests.Notifications;

/// <summary>An event's mail is sent once, whatever happens on the way, and none is lost.</summary>
public sealed class SendMailsTests : IAsyncDisposable
{
    private static readonly OrderShipped Shipped = new(EventSamples.SampleOrder, OnboardingWorld.Ada, "T-1");
    private static readonly EventEnvelope Envelope = EventSamples.Envelope(Shipped, Order.StreamOf(EventSamples.SampleOrder), version: 5);
    private readonly OnboardingWorld _world = new();
    private int _completed;

    private FakeMailer Mailer => _world.Saga.Mailer;

    private NotificationId NotificationId => new(NameBasedGuid.Create(Envelope.EventId, "order-shipped"));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_event_that_comes_three_times_sends_one_mail_and_is_completed_three_times()
    {
        await OpenAsync();

        for (var delivery = 0; delivery < 3; delivery++)
        {
            await DeliverAsync();
        }

        Assert.Equal(["ada@example.com: Your order is on its way"], Mailer.Lines);
        Assert.Equal((1, 3), (Mailer.Calls.Count, _completed));
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task While_the_mail_service_is_away_the_message_is_not_completed_and_the_mail_goes_out_once_it_is_back()
    {
        await OpenAsync();
        Mailer.Before = _ => throw new ProviderUnavailableException("The fake mail service", "send", "away");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await Assert.ThrowsAsync<ProviderUnavailableException>(() => DeliverAsync(delivery));
        }

        Assert.Equal((0, 0), (_completed, Mailer.Sent.Count));
        Mailer.Before = _ => Task.CompletedTask;
        await DeliverAsync(4);

        Assert.Equal((1, 1), (_completed, Mailer.Sent.Count));
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task A_mail_that_went_out_though_its_answer_was_lost_is_not_sent_a_second_time()
    {
        await OpenAsync();
        Mailer.After = _ => throw new ProviderUnavailableException("The fake mail service", "send", "the answer is lost");
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => DeliverAsync());
        Mailer.After = _ => Task.CompletedTask;

        await DeliverAsync(2);

        Assert.Equal((1, 1, 2), (_completed, Mailer.Sent.Count, Mailer.Calls.Count));
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task What_stops_after_the_record_and_before_the_inbox_knows_sends_nothing_again()
    {
        await OpenAsync();
        await DeliverAsync();

        // As after a stop of the host: the inbox has forgotten, the notification has not.
        _world.Clock.Advance(TimeSpan.FromDays(15));
        await DeliverAsync(2);

        Assert.Equal((1, 2), (Mailer.Calls.Count, _completed));
    }

    [Fact]
    public async Task A_guest_is_told_nothing_and_nothing_is_remembered()
    {
        await DeliverAsync();
        await OpenAsync();
        await DeliverAsync();

        Assert.Equal((1, 2), (Mailer.Sent.Count, _completed));
    }

    [Fact]
    public void Every_event_that_a_subscription_lets_through_has_its_mail()
    {
        var order = EventSamples.SampleOrder;
        var placed = EventSamples.Placed();
        Assert.Equal(
            [MailTemplates.OrderReceived, MailTemplates.OrderShipped, MailTemplates.OrderDelivered, MailTemplates.OrderCancelled],
            new OrderEvent[] { placed, Shipped, new OrderDelivered(order, OnboardingWorld.Ada, DateTimeOffset.UnixEpoch), new OrderCancelled(order, OnboardingWorld.Ada, "out-of-stock", "No.") }
                .SelectMany(OrderMails.Of).Select(m => m.Template));
        Assert.Empty(OrderMails.Of(new OrderConfirmed(order, OnboardingWorld.Ada)));

        var customers = _world.Saga.Get<CustomerMails>();
        Assert.Equal(
            [MailTemplates.AccountActivated, MailTemplates.TierReached, MailTemplates.AddressChangeRequested, MailTemplates.VerifyNewAddress],
            new CustomerEvent[]
            {
                new CustomerActivated(OnboardingWorld.Ada, 1), new CustomerPromoted(OnboardingWorld.Ada, CustomerTier.Gold, CustomerTier.Standard),
                new CustomerEmailChanged(OnboardingWorld.Ada, OnboardingWorld.Mailbox, 2),
            }.SelectMany(e => customers.Of(e, tenant: null)).Select(m => m.Template));
        Assert.Empty(customers.Of(new CustomerErased(OnboardingWorld.Ada), tenant: null));
    }

    [Fact]
    public void Every_planned_mail_has_a_value_for_each_placeholder_and_no_other()
    {
        var order = EventSamples.SampleOrder;
        var plans = new OrderEvent[] { EventSamples.Placed(), Shipped, new OrderDelivered(order, OnboardingWorld.Ada, DateTimeOffset.UnixEpoch), new OrderCancelled(order, OnboardingWorld.Ada, "c", "r") }
            .SelectMany(OrderMails.Of)
            .Concat(_world.Saga.Get<CustomerMails>().Of(new CustomerEmailChanged(OnboardingWorld.Ada, OnboardingWorld.Mailbox, 2), null))
            .Concat(_world.Saga.Get<CustomerMails>().Of(new CustomerPromoted(OnboardingWorld.Ada, CustomerTier.Gold, CustomerTier.Standard), null));

        Assert.All(plans, p => Assert.Equal(p.Template.Placeholders.Except([MailTemplate.CustomerName]).Order(), p.Values.Select(v => v.Placeholder).Order()));
    }

    private async Task OpenAsync()
    {
        await _world.RegisterAsync();
        await _world.SendAsync(new ConfirmAddress(1));
    }

    /// <summary>Delivers the event; what a failure is held back for passes at once.</summary>
    private async Task DeliverAsync(int delivery = 1)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromObjectAsJson(EventSamples.Serializer.Write(Envelope), EventJson.Options),
            messageId: Envelope.EventId.ToString(),
            deliveryCount: delivery);
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.CompleteMessageAsync(message, It.IsAny<CancellationToken>())).Callback(() => _completed++).Returns(Task.CompletedTask);
        await using var scope = _world.Saga.Services.CreateAsyncScope();
        var handled = ActivatorUtilities.CreateInstance<SendOrderMails>(scope.ServiceProvider).RunAsync(message, actions.Object, CancellationToken.None);
        await Eventually.HoldsAsync(
            () =>
            {
                if (!handled.IsCompleted && _world.Clock.PendingTimers > 0)
                {
                    _world.Clock.Advance(TimeSpan.FromSeconds(30));
                }

                return handled.IsCompleted;
            },
            "the event is handled");
        await handled;
    }

    private Task<IReadOnlyList<EventEnvelope>> RecordedAsync() => _world.Saga.EventsAsync(Notification.StreamOf(NotificationId));
}
