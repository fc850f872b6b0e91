using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>An international telephone number: <c>+</c> and 7 to 15 digits, the first of which is not 0 (ITU-T E.164).</summary>
/// <remarks><see cref="ToString"/> hides it from logs; JSON has it in full.</remarks>
[JsonConverter(typeof(TextValueConverter<PhoneNumber>))]
public sealed record PhoneNumber : ITextValue<PhoneNumber>
{
    /// <summary>The most digits (E.164, section 6).</summary>
    public const int MaxDigits = 15;

    private const int MinDigits = 7;

    /// <summary>Wraps a number.</summary>
    /// <param name="value">A plus sign and 7 to 15 digits, with nothing between them.</param>
    /// <exception cref="ArgumentException">The text is not such a number.</exception>
    public PhoneNumber(string value) => Value = IsValid(value)
        ? value
        : throw new ArgumentException($"A telephone number is '+' and {MinDigits} to {MaxDigits} digits.", nameof(value));

    private PhoneNumber() => Value = ErasedText.Value;

    /// <summary>Stands for a number that is erased.</summary>
    public static PhoneNumber Erased { get; } = new();

    /// <summary>The number.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<PhoneNumber>.TextSchema => new() { ["pattern"] = "^\\+[1-9][0-9]{6,14}$" };

    /// <inheritdoc/>
    static PhoneNumber? ITextValue<PhoneNumber>.Erased => Erased;

    /// <inheritdoc/>
    string ITextValue<PhoneNumber>.Text => Value;

    /// <summary>Wraps a number, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PhoneNumber? value)
    {
        value = IsValid(text) ? new PhoneNumber(text) : null;
        return value is not null;
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: >= MinDigits + 1 and <= MaxDigits + 1 } && text[0] == '+' && text[1] != '0' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
