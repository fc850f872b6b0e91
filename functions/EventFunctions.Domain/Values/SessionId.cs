using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>
/// Identifies a session that an identity provider has opened for a customer: 1 to 64 ASCII letters, digits, <c>-</c> and <c>_</c>.
/// It must be no secret that opens anything: it is stored.
/// </summary>
[JsonConverter(typeof(TextValueConverter<SessionId>))]
public sealed record SessionId : ITextValue<SessionId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = IdentifierText.MaxLength;

    /// <summary>Wraps an id.</summary>
    /// <param name="value">1 to 64 ASCII letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ArgumentException">The text is not such an id.</exception>
    public SessionId(string value) => Value = IdentifierText.IsValid(value)
        ? value
        : throw new ArgumentException($"The id of a session is 1 to {MaxLength} letters, digits, '-' and '_'.", nameof(value));

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<SessionId>.TextSchema => IdentifierText.Schema;

    /// <inheritdoc/>
    string ITextValue<SessionId>.Text => Value;

    /// <summary>Wraps an id, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SessionId? value)
    {
        value = IdentifierText.IsValid(text) ? new SessionId(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
