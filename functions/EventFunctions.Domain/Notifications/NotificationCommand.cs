namespace EventFunctions.Domain.Notifications;

/// <summary>What can be asked of a notification. Which one is said by the stream that the command is sent to.</summary>
public abstract record NotificationCommand
{
    private protected NotificationCommand()
    {
    }
}

/// <summary>It was sent.</summary>
/// <param name="NotificationId">The notification.</param>
/// <param name="Template">What was told: the template's name.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Language">In which language.</param>
/// <param name="CustomerId">Which customer was told; none where it was the people who run the shop.</param>
public sealed record RecordNotification(
    NotificationId NotificationId, string Template, NotificationChannel Channel, LanguageTag Language, CustomerId? CustomerId = null)
    : NotificationCommand;
