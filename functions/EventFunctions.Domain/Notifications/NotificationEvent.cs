using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Notifications;

/// <summary>Something that happened to a notification.</summary>
public abstract record NotificationEvent : IDomainEvent
{
    private protected NotificationEvent()
    {
    }

    /// <summary>The notification.</summary>
    public abstract NotificationId NotificationId { get; init; }
}

/// <summary>Somebody was told something. Neither the text nor the address is kept.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="Template">What was told: the template's name, e.g. <c>order-shipped</c>.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Language">In which language.</param>
/// <param name="CustomerId">Which customer was told; none where it was the people who run the shop.</param>
[EventType("notification-sent")]
[RaisedBy(typeof(RecordNotification))]
public sealed record NotificationSent(
    NotificationId NotificationId, string Template, NotificationChannel Channel, LanguageTag Language, CustomerId? CustomerId = null)
    : NotificationEvent;
