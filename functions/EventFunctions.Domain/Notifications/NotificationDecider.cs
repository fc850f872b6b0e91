using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Notifications.NotificationEvent>;

namespace EventFunctions.Domain.Notifications;

/// <summary>What a notification answers to commands. What was sent is recorded once.</summary>
public static class NotificationDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The notification as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision; a notification does not depend on it.</param>
    public static Decision<NotificationEvent> Decide(Notification state, NotificationCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            RecordNotification record when state.Id is null =>
                Accept(new NotificationSent(record.NotificationId, record.Template, record.Channel, record.Language, record.CustomerId)),
            RecordNotification record when IsSame(state, record) => Accept(),
            RecordNotification => Reject(NotificationRejections.AlreadySent, $"'{state.Template}' was sent under the same id."),
            _ => throw new UnreachableException($"Notifications have no command {command.GetType()}."),
        };
    }

    /// <summary>The language may have changed between two attempts; it is still the same thing that is told.</summary>
    private static bool IsSame(Notification state, RecordNotification command) =>
        state.Id == command.NotificationId && state.Template == command.Template && state.Channel == command.Channel
        && state.CustomerId == command.CustomerId;
}
