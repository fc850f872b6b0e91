using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain.Catalog;

/// <summary>What a product is called: 1 to 200 characters on one line, without white space at the ends. A JSON string.</summary>
[JsonConverter(typeof(TextValueConverter<ProductName>))]
public sealed record ProductName : ITextValue<ProductName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Wraps a name.</summary>
    /// <param name="value">1 to 200 characters on one line; white space at the ends is cut off.</param>
    /// <exception cref="ArgumentException">The text is no such name.</exception>
    public ProductName(string value) => Value = ProseText.IsValid(value?.Trim(), MaxLength)
        ? value.Trim()
        : throw new ArgumentException($"The name of a product is 1 to {MaxLength} characters on one line.", nameof(value));

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<ProductName>.TextSchema => new() { ["minLength"] = 1, ["maxLength"] = MaxLength };

    /// <inheritdoc/>
    string ITextValue<ProductName>.Text => Value;

    /// <summary>Wraps a name, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ProductName? value)
    {
        value = ProseText.IsValid(text?.Trim(), MaxLength) ? new ProductName(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
