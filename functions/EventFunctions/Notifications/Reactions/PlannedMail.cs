using EventFunctions.Domain;
using EventFunctions.Notifications.Templates;

namespace EventFunctions.Notifications.Reactions;

/// <summary>A mail that an event gives reason for.</summary>
/// <param name="Template">What is told.</param>
/// <param name="Recipient">Whom.</param>
/// <param name="Values">What the placeholders stand for, the customer's name apart.</param>
public sealed record PlannedMail(MailTemplate Template, NotificationRecipient Recipient, params IReadOnlyList<(string Placeholder, string Value)> Values)
{
    /// <summary>A mail to a customer at their verified address.</summary>
    public static PlannedMail To(CustomerId customerId, MailTemplate template, params IReadOnlyList<(string Placeholder, string Value)> values) =>
        new(template, new NotificationRecipient.Customer(customerId), values);
}
