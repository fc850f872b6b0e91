using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Notifications;

/// <summary>By which way somebody is told. The names are stored, so they are fixed here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationChannel>))]
public enum NotificationChannel
{
    /// <summary>By e-mail.</summary>
    [JsonStringEnumMemberName("Email")]
    Email = 0,
}
