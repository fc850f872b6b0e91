using EventFunctions.Domain;
using EventFunctions.Domain.Notifications;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications.Mail;
using EventFunctions.Notifications.Templates;
using EventFunctions.Ordering.Saga;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Notifications;

/// <summary>
/// Tells people by mail. A notification's own stream remembers that it was sent; what stops between the sending and the recording
/// is sent again under the same key, by which the mail service knows it.
/// </summary>
/// <param name="notifications">What was told.</param>
/// <param name="recipients">Finds addresses.</param>
/// <param name="texts">The texts.</param>
/// <param name="mailer">Sends.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets what is told to nobody.</param>
public sealed class MailNotifier(
    IAggregateRepository<Notification, NotificationEvent> notifications,
    MailRecipients recipients,
    MailTexts texts,
    IMailer mailer,
    TimeProvider timeProvider,
    ILogger<MailNotifier> logger) : INotifier
{
    /// <summary>What events say about a notification.</summary>
    public const string Source = "mail-notifier";

    /// <inheritdoc/>
    public async Task NotifyAsync(NotificationRequest notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var id = new NotificationId(notification.Key);
        var template = texts.Template(notification.Template);
        var stream = Notification.StreamOf(id, notification.Tenant);
        if ((await notifications.LoadAsync(stream, cancellationToken)).Version > 0)
        {
            return;
        }

        if (await recipients.FindAsync(notification.Recipient, template.Purpose, notification.Tenant, cancellationToken) is not { } recipient)
        {
            logger.LogDebug("{Template} {NotificationId} is sent to nobody: {Recipient} has no address for it, or does not want it.", template.Name, id, notification.Recipient);
            return;
        }

        var (text, language) = texts.Find(template, recipient.Language);
        await mailer.SendAsync(Compose(template, text, recipient, notification), notification.Key, cancellationToken);
        await RecordAsync(
            stream, new RecordNotification(id, template.Name, NotificationChannel.Email, language, recipient.CustomerId), notification, cancellationToken);
    }

    private static MailMessage Compose(MailTemplate template, MailText text, MailRecipient recipient, NotificationRequest notification)
    {
        var values = new Dictionary<string, string>(notification.Values, StringComparer.Ordinal);
        if (recipient.Name is { } name && template.Placeholders.Contains(MailTemplate.CustomerName, StringComparer.Ordinal))
        {
            values[MailTemplate.CustomerName] = name.Value;
        }

        var filled = text.Fill(values);
        var reference = recipient.CustomerId is { } customerId ? new DataSubjectId(customerId.Value, notification.Tenant).ToString() : null;
        return new MailMessage(recipient.Address.Value, filled.Subject, filled.Body, reference);
    }

    private async Task RecordAsync(
        StreamName stream, RecordNotification command, NotificationRequest notification, CancellationToken cancellationToken)
    {
        // The template is part of the id: another mail under the same key is no repetition, and the notification refuses it.
        var metadata = new EventMetadata(
            NameBasedGuid.Create(notification.Key, command.Template), notification.CorrelationId, notification.CausationId, notification.Tenant, Source: Source);
        var outcome = StepOutcome.Of(await notifications.ExecuteAsync(
            stream, new CommandContext(metadata), state => NotificationDecider.Decide(state, command, timeProvider.GetUtcNow()), cancellationToken));
        if (!outcome.IsDone)
        {
            throw new InvalidOperationException($"The key of '{command.Template}' belongs to another notification: {outcome.Reason} ({outcome.Code})");
        }
    }
}
