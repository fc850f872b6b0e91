using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>Identifies a notification: follows from what it tells, so that nothing is told twice. Written as 32 lower-case hex digits.</summary>
[JsonConverter(typeof(TextValueConverter<NotificationId>))]
public sealed record NotificationId : ITextValue<NotificationId>
{
    /// <summary>Wraps an id.</summary>
    /// <param name="value">Any but the empty one.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public NotificationId(Guid value) =>
        Value = value != Guid.Empty ? value : throw new ArgumentException("The empty id identifies no notification.", nameof(value));

    /// <summary>The id; never empty.</summary>
    public Guid Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<NotificationId>.TextSchema => new() { ["pattern"] = "^(?!0{32}$)[0-9a-f]{32}$" };

    /// <inheritdoc/>
    string ITextValue<NotificationId>.Text => ToString();

    /// <summary>Reads 32 hex digits, or tells that the text is no such id.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NotificationId? value)
    {
        value = Guid.TryParseExact(text, "N", out var id) && id != Guid.Empty ? new NotificationId(id) : null;
        return value is not null;
    }

    /// <summary>32 lower-case hex digits: the form in stream names, JSON and URLs.</summary>
    public override string ToString() => Value.ToString("N");
}
