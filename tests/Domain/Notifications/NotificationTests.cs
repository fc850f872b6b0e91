using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Notifications;

public sealed class NotificationTests
{
    private static readonly AggregateSpecification<Notification, NotificationEvent, NotificationCommand> Notifications = new(NotificationDecider.Decide, Now);

    private static readonly RecordNotification Record =
        new(TheNotification, "order-shipped", NotificationChannel.Email, LanguageTag.English, Customer);

    private static readonly NotificationSent Sent = new(TheNotification, "order-shipped", NotificationChannel.Email, LanguageTag.English, Customer);

    [Fact]
    public void What_was_sent_is_recorded() => Notifications.Given().When(Record).Then(Sent);

    [Fact]
    public void The_same_again_is_nothing_new_also_in_another_language()
    {
        Notifications.Given(Sent).When(Record).ThenNothing();
        Notifications.Given(Sent).When(Record with { Language = new LanguageTag("de") }).ThenNothing();
    }

    [Fact]
    public void Something_else_under_the_same_id_is_refused()
    {
        Notifications.Given(Sent).When(Record with { Template = "order-delivered" }).ThenRefused(NotificationRejections.AlreadySent);
        Notifications.Given(Sent).When(Record with { CustomerId = null }).ThenRefused(NotificationRejections.AlreadySent);
        Assert.Equal(NotificationRejections.All, Closed.CodesOf(typeof(NotificationRejections)));
    }

    [Fact]
    public void A_notification_is_sent_once_whatever_is_recorded() =>
        Prop.ForAll(
            Any.SequencesOf(Any.NotificationCommands),
            commands => Simulation<Notification, NotificationEvent>.Run(commands, NotificationDecider.Decide, Now).History.Count == Math.Min(1, commands.Length))
            .QuickCheckThrowOnFailure();
}
