using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Notifications;

/// <summary>What is true of every event of a notification.</summary>
public sealed class NotificationEventRules : IEventRules<NotificationEvent>
{
    /// <summary>What was told has a template's name.</summary>
    public const string Template = "notification-template";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(NotificationEvent @event) =>
        @event is NotificationSent sent && Rule.Present(Template, sent.Template) is { } problem ? [problem] : [];
}
