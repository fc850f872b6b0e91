using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>
/// What a person wants to be called: 1 to 100 characters without control characters, kept without blanks around it. One text,
/// because names do not fall into the same parts everywhere.
/// </summary>
/// <remarks><see cref="ToString"/> hides it from logs; JSON has it in full.</remarks>
[JsonConverter(typeof(TextValueConverter<PersonName>))]
public sealed record PersonName : ITextValue<PersonName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Wraps a name.</summary>
    /// <param name="value">1 to 100 characters, blanks around them not counted.</param>
    /// <exception cref="ArgumentException">The text is not such a name.</exception>
    public PersonName(string value) => Value = IsValid(value)
        ? value.Trim()
        : throw new ArgumentException($"A name has 1 to {MaxLength} characters without control characters.", nameof(value));

    private PersonName() => Value = ErasedText.Value;

    /// <summary>Stands for a name that is erased.</summary>
    public static PersonName Erased { get; } = new();

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<PersonName>.TextSchema =>
        new() { ["minLength"] = 1, ["maxLength"] = MaxLength, ["pattern"] = @"^(?!\s)[^\u0000-\u001F\u007F-\u009F]+$" };

    /// <inheritdoc/>
    static PersonName? ITextValue<PersonName>.Erased => Erased;

    /// <inheritdoc/>
    string ITextValue<PersonName>.Text => Value;

    /// <summary>Wraps a name, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PersonName? value)
    {
        value = IsValid(text) ? new PersonName(text) : null;
        return value is not null;
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text?.Trim() is { Length: >= 1 and <= MaxLength } trimmed && trimmed != ErasedText.Value && !trimmed.Any(char.IsControl);
}
