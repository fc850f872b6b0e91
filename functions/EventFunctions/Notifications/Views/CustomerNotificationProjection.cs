using EventFunctions.Domain;
using EventFunctions.Domain.Notifications;
using EventFunctions.EventSourcing;

namespace EventFunctions.Notifications.Views;

/// <summary>Something a customer was told.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="Template">What was told: the template's name, e.g. <c>order-shipped</c>.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Language">In which language.</param>
/// <param name="SentAt">When, UTC.</param>
public sealed record NotificationView(
    NotificationId NotificationId, string Template, NotificationChannel Channel, LanguageTag Language, DateTimeOffset SentAt);

/// <summary>Lists what each customer was told, and what the people who run the shop were.</summary>
public sealed class CustomerNotificationProjection : IProjection<NotificationView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "customer-notification";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>The partition of a customer's list; of the operators' where there is no customer.</summary>
    public static string PartitionOf(CustomerId? customerId) => customerId is null ? "operator-notifications" : $"notifications-{customerId}";

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var sent = (NotificationSent)envelope.Data;
        return new ViewKey(PartitionOf(sent.CustomerId), sent.NotificationId.ToString());
    }

    /// <inheritdoc/>
    public NotificationView Apply(NotificationView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope.Data is NotificationSent sent
            ? new NotificationView(sent.NotificationId, sent.Template, sent.Channel, sent.Language, envelope.Time)
            : throw new InvalidOperationException($"'{envelope.Stream}' has '{envelope.Type}', which is no event of a notification.");
    }
}
