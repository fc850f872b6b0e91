using System.Diagnostics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Notifications;

/// <summary>The state of a notification: whether it was sent, and as what. It is there so that nobody is told the same thing twice.</summary>
public sealed record Notification : IAggregate<Notification, NotificationEvent>
{
    /// <inheritdoc/>
    public static string Category => "notifications";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static Notification Initial { get; } = new();

    /// <summary>The notification; set once it was sent.</summary>
    public NotificationId? Id { get; init; }

    /// <summary>The template's name.</summary>
    public string? Template { get; init; }

    /// <summary>By which way it was sent.</summary>
    public NotificationChannel? Channel { get; init; }

    /// <summary>Which customer was told, if it was one.</summary>
    public CustomerId? CustomerId { get; init; }

    /// <summary>The stream of a notification.</summary>
    /// <param name="notificationId">The notification.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(NotificationId notificationId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(notificationId);
        return new StreamName(Category, notificationId.ToString(), tenant);
    }

    /// <inheritdoc/>
    public Notification Apply(NotificationEvent @event) => @event switch
    {
        NotificationSent e => this with { Id = e.NotificationId, Template = e.Template, Channel = e.Channel, CustomerId = e.CustomerId },
        _ => throw new UnreachableException($"Notifications have no event {@event.GetType()}."),
    };
}
