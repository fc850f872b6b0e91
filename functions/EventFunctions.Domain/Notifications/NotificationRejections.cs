namespace EventFunctions.Domain.Notifications;

/// <summary>The stable codes of the rules that a notification refuses a command by.</summary>
public static class NotificationRejections
{
    /// <summary>Something else was told under the same id.</summary>
    public const string AlreadySent = "notification-already-sent";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } = [AlreadySent];
}
