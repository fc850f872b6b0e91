using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Catalog;

/// <summary>What a product is, for its buyers: up to 4,000 characters on any number of lines; it may be empty. A JSON string.</summary>
[JsonConverter(typeof(TextValueConverter<ProductDescription>))]
public sealed record ProductDescription : ITextValue<ProductDescription>
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxLength = 4000;

    /// <summary>Wraps a description.</summary>
    /// <param name="value">Up to 4,000 characters, line feeds and tabs among them; white space at the ends is cut off.</param>
    /// <exception cref="ArgumentException">The text is no such description.</exception>
    public ProductDescription(string value) => Value = IsValid(value)
        ? Normal(value)
        : throw new ArgumentException($"The description of a product has at most {MaxLength} characters, no control characters among them.", nameof(value));

    /// <summary>Nothing is said.</summary>
    public static ProductDescription None { get; } = new(string.Empty);

    /// <summary>The description, lines ended by a line feed.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<ProductDescription>.TextSchema => new() { ["maxLength"] = MaxLength };

    /// <inheritdoc/>
    string ITextValue<ProductDescription>.Text => Value;

    /// <summary>Wraps a description, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ProductDescription? value)
    {
        value = IsValid(text) ? new ProductDescription(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is not null && (Normal(text) is "" || ProseText.IsValid(Normal(text), MaxLength, allowLines: true));

    private static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
