using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Catalog;

/// <summary>
/// The shelf that a product stands on, as a slug: 1 to 64 lower-case ASCII letters and digits, words joined by single hyphens,
/// e.g. <c>tea-and-coffee</c>. A JSON string.
/// </summary>
[JsonConverter(typeof(TextValueConverter<ProductCategory>))]
public sealed record ProductCategory : ITextValue<ProductCategory>
{
    /// <summary>The longest slug, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Wraps a slug.</summary>
    /// <param name="value">1 to 64 lower-case letters and digits, words joined by single hyphens.</param>
    /// <exception cref="ArgumentException">The text is no such slug.</exception>
    public ProductCategory(string value) => Value = IsValid(value)
        ? value
        : throw new ArgumentException($"A category is 1 to {MaxLength} lower-case letters and digits, words joined by hyphens.", nameof(value));

    /// <summary>The slug.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<ProductCategory>.TextSchema =>
        new() { ["minLength"] = 1, ["maxLength"] = MaxLength, ["pattern"] = "^[a-z0-9]+(-[a-z0-9]+)*$" };

    /// <inheritdoc/>
    string ITextValue<ProductCategory>.Text => Value;

    /// <summary>Wraps a slug, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ProductCategory? value)
    {
        value = IsValid(text) ? new ProductCategory(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal);
}
