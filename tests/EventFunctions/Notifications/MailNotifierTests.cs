using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Notifications;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications;
using EventFunctions.Notifications.Mail;
using EventFunctions.Resilience;
using EventFunctions.Tests.Customers;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Notifications;

public sealed class MailNotifierTests : IAsyncDisposable
{
    private static readonly Guid Key = new("6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01");
    private static readonly NotificationRecipient ToAda = new NotificationRecipient.Customer(OnboardingWorld.Ada);
    private readonly OnboardingWorld _world = new();

    private FakeMailer Mailer => _world.Saga.Mailer;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_customer_gets_the_mail_once_and_what_is_kept_of_it_has_neither_text_nor_address()
    {
        await OpenAsync();

        await NotifyAsync(Shipped());
        await NotifyAsync(Shipped());

        var mail = Assert.Single(Mailer.Sent);
        Assert.Equal(("ada@example.com", "Your order is on its way", "ada"), (mail.To, mail.Subject, mail.Reference));
        Assert.Contains("Hello Ada", mail.Text, StringComparison.Ordinal);
        Assert.Contains("T-1", mail.Text, StringComparison.Ordinal);
        Assert.Single(Mailer.Calls);
        var recorded = Assert.Single(await RecordedAsync());
        Assert.Equal(
            new NotificationSent(new NotificationId(Key), "order-shipped", NotificationChannel.Email, LanguageTag.English, OnboardingWorld.Ada), recorded.Data);
        Assert.Equal(("corr-1", "cause-1"), (recorded.Metadata.CorrelationId, recorded.Metadata.CausationId));
    }

    [Fact]
    public async Task A_mail_whose_sending_fails_is_not_recorded_and_is_sent_with_the_next_try()
    {
        await OpenAsync();
        Mailer.Before = _ => throw new ProviderUnavailableException("The fake mail service", "send", "away");
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => NotifyAsync(Shipped()));
        Assert.Empty(await RecordedAsync());

        Mailer.Before = _ => Task.CompletedTask;
        await NotifyAsync(Shipped());

        Assert.Single(Mailer.Sent);
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task A_mail_whose_answer_is_lost_is_sent_again_under_its_key_and_arrives_once_also_in_another_language_by_then()
    {
        await OpenAsync();
        Mailer.After = _ => throw new ProviderUnavailableException("The fake mail service", "send", "the answer is lost");
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => NotifyAsync(Shipped()));

        Mailer.After = _ => Task.CompletedTask;
        await _world.SendAsync(new UpdatePreferences(CustomerPreferences.Default with { Language = new LanguageTag("de") }));
        await NotifyAsync(Shipped());

        Assert.Equal("Your order is on its way", Assert.Single(Mailer.Sent).Subject);
        Assert.Equal([Key, Key], Mailer.Calls);
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task Ten_at_once_under_one_key_send_one_mail_and_record_it_once()
    {
        await OpenAsync();

        var all = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => NotifyAsync(Shipped()))));

        // Who loses a race waits before the next attempt, by the clock that the test moves.
        await Eventually.HoldsAsync(
            () =>
            {
                _world.Clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(all.IsCompleted);
            },
            "all ten are done");
        await all;

        Assert.Single(Mailer.Sent);
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task Another_mail_under_the_same_key_is_a_bug_and_is_told()
    {
        await OpenAsync();
        var other = new TaskCompletionSource();
        Mailer.Before = m => m.Subject.Contains("arrived", StringComparison.Ordinal) ? other.Task : Task.CompletedTask;
        var late = NotifyAsync(Shipped() with { Template = "order-delivered", Values = new Dictionary<string, string> { ["orderId"] = "o" } });
        await NotifyAsync(Shipped());
        other.SetResult();

        Assert.Contains("notification-already-sent", (await Assert.ThrowsAsync<InvalidOperationException>(() => late)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_unverified_and_erased_customers_get_nothing()
    {
        await NotifyAsync(Shipped());
        await _world.RegisterAsync();
        await NotifyAsync(Shipped());
        await _world.SendAsync(new ConfirmAddress(1));
        await _world.SendAsync(new EraseCustomer());
        await NotifyAsync(Shipped());

        Assert.Empty(Mailer.Calls);
        Assert.Empty(await RecordedAsync());
    }

    [Fact]
    public async Task Advertising_goes_to_those_who_agreed_by_mail_and_to_nobody_else()
    {
        await OpenAsync();
        var reached = Shipped() with { Template = "tier-reached", Values = new Dictionary<string, string> { ["tier"] = "Gold" } };
        foreach (var preferences in new[] { (Consent: false, Email: true), (Consent: true, Email: false) })
        {
            await _world.SendAsync(new UpdatePreferences(new CustomerPreferences(LanguageTag.English, preferences.Consent, new ContactChannels(preferences.Email, true))));
            await NotifyAsync(reached);
        }

        Assert.Empty(Mailer.Calls);
        await _world.SendAsync(new UpdatePreferences(new CustomerPreferences(LanguageTag.English, true, new ContactChannels(true, false))));
        await NotifyAsync(reached);
        Assert.Equal(["ada@example.com: Congratulations: you are Gold now"], Mailer.Lines);
    }

    [Fact]
    public async Task A_new_address_is_asked_and_the_one_before_is_told_also_after_the_new_one_was_verified()
    {
        await OpenAsync();
        await _world.SendAsync(new ChangeEmail(new Email("ada@example.org")));
        var values = new Dictionary<string, string> { ["link"] = "https://shop.test" };
        await NotifyAsync(Shipped() with { Key = Guid.NewGuid(), Template = "verify-new-address", Recipient = new NotificationRecipient.PendingAddress(OnboardingWorld.Ada, 2), Values = values });
        await _world.SendAsync(new ConfirmAddress(2));
        await NotifyAsync(Shipped() with { Key = Guid.NewGuid(), Template = "verify-new-address", Recipient = new NotificationRecipient.PendingAddress(OnboardingWorld.Ada, 2), Values = values });
        await NotifyAsync(Shipped() with { Template = "address-change-requested", Recipient = new NotificationRecipient.FormerAddress(OnboardingWorld.Ada, 2), Values = new Dictionary<string, string>() });

        Assert.Equal(
            ["ada@example.com: Your account is to get another e-mail address", "ada@example.org: Please verify your new e-mail address"], Mailer.Lines);
    }

    [Fact]
    public async Task An_erasure_has_the_mails_forgotten_and_leaves_others()
    {
        await OpenAsync();
        await NotifyAsync(Shipped());
        await Mailer.SendAsync(new MailMessage("bob@example.com", "Hi", "Hi", "bob"), Guid.NewGuid(), CancellationToken.None);
        var erasure = new MailErasure(Mailer);

        Assert.Equal("sent-mails", erasure.Name);
        Assert.Equal(1, await erasure.EraseAsync(new DataSubjectId("ada"), CancellationToken.None));
        Assert.Equal(0, await erasure.EraseAsync(new DataSubjectId("ada"), CancellationToken.None));
        Assert.Equal(["bob@example.com: Hi"], Mailer.Lines);
    }

    private static NotificationRequest Shipped() => new(
        Key, "order-shipped", ToAda, new Dictionary<string, string> { ["orderId"] = "o", ["trackingNumber"] = "T-1" }, "corr-1", "cause-1");

    private async Task OpenAsync()
    {
        await _world.RegisterAsync();
        await _world.SendAsync(new ConfirmAddress(1));
    }

    private Task NotifyAsync(NotificationRequest request) => _world.Saga.Get<INotifier>().NotifyAsync(request, CancellationToken.None);

    private Task<IReadOnlyList<EventEnvelope>> RecordedAsync() => _world.Saga.EventsAsync(Notification.StreamOf(new NotificationId(Key)));
}
