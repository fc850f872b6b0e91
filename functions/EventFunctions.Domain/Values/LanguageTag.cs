using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>
/// A language, perhaps with a region, e.g. <c>de</c> or <c>de-AT</c>: the language and region subtags of BCP 47 (RFC 5646) in their
/// usual case, and no others.
/// </summary>
[JsonConverter(typeof(TextValueConverter<LanguageTag>))]
public sealed record LanguageTag : ITextValue<LanguageTag>
{
    /// <summary>Wraps a tag.</summary>
    /// <param name="value">Two or three lower-case letters, and perhaps <c>-</c> and two upper-case ones.</param>
    /// <exception cref="ArgumentException">The text is not such a tag.</exception>
    public LanguageTag(string value) =>
        Value = IsValid(value) ? value : throw new ArgumentException("A language is e.g. 'de' or 'de-AT'.", nameof(value));

    /// <summary>What is spoken where nothing else is known.</summary>
    public static LanguageTag English { get; } = new("en");

    /// <summary>The tag.</summary>
    public string Value { get; }

    /// <summary>The language without its region.</summary>
    public string Language => Value.Split('-')[0];

    /// <inheritdoc/>
    static JsonObject ITextValue<LanguageTag>.TextSchema => new() { ["pattern"] = "^[a-z]{2,3}(-[A-Z]{2})?$" };

    /// <inheritdoc/>
    string ITextValue<LanguageTag>.Text => Value;

    /// <summary>Wraps a tag, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LanguageTag? value)
    {
        value = IsValid(text) ? new LanguageTag(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) => text?.Split('-') switch
    {
        [var language] => IsLanguage(language),
        [var language, { Length: 2 } region] => IsLanguage(language) && region.All(char.IsAsciiLetterUpper),
        _ => false,
    };

    private static bool IsLanguage(string text) => text is { Length: 2 or 3 } && text.All(char.IsAsciiLetterLower);
}
