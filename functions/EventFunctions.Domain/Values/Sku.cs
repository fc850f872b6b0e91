using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>
/// A stock keeping unit, the merchant's own article number: 1 to 64 upper-case ASCII letters, digits, <c>-</c>, <c>.</c> and
/// <c>_</c>, beginning with a letter or digit. A JSON string.
/// </summary>
[JsonConverter(typeof(TextValueConverter<Sku>))]
public sealed record Sku : ITextValue<Sku>
{
    /// <summary>The longest one, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Wraps an article number.</summary>
    /// <param name="value">1 to 64 upper-case letters, digits, <c>-</c>, <c>.</c> and <c>_</c>, beginning with a letter or digit.</param>
    /// <exception cref="ArgumentException">The text is no such number.</exception>
    public Sku(string value) => Value = IsValid(value)
        ? value
        : throw new ArgumentException(
            $"A SKU is 1 to {MaxLength} upper-case letters, digits, '-', '.' and '_', beginning with a letter or digit.", nameof(value));

    /// <summary>The article number.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<Sku>.TextSchema =>
        new() { ["minLength"] = 1, ["maxLength"] = MaxLength, ["pattern"] = "^[A-Z0-9][A-Z0-9._-]*$" };

    /// <inheritdoc/>
    string ITextValue<Sku>.Text => Value;

    /// <summary>Wraps an article number, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Sku? value)
    {
        value = IsValid(text) ? new Sku(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && IsLetterOrDigit(text[0])
        && text.All(c => IsLetterOrDigit(c) || c is '-' or '.' or '_');

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);
}
