using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>
/// The payment provider's stand-in for a card: 1 to 128 printable ASCII characters without spaces. Whoever holds it can
/// charge the card.
/// </summary>
/// <remarks><see cref="ToString"/> hides it from logs; JSON has it in full.</remarks>
[JsonConverter(typeof(TextValueConverter<PaymentToken>))]
public sealed record PaymentToken : ITextValue<PaymentToken>
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Wraps a token.</summary>
    /// <param name="value">1 to 128 printable ASCII characters without spaces.</param>
    /// <exception cref="ArgumentException">The text is not such a token.</exception>
    public PaymentToken(string value) =>
        Value = IsValid(value)
            ? value
            : throw new ArgumentException($"A payment token is 1 to {MaxLength} printable ASCII characters without spaces.", nameof(value));

    private PaymentToken() => Value = ErasedText.Value;

    /// <summary>Stands for a token that is erased; nothing can be paid with it.</summary>
    public static PaymentToken Erased { get; } = new();

    /// <summary>The token in full, for the payment provider only.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<PaymentToken>.TextSchema => new() { ["minLength"] = 1, ["maxLength"] = MaxLength, ["pattern"] = "^[!-~]+$" };

    /// <inheritdoc/>
    static PaymentToken? ITextValue<PaymentToken>.Erased => Erased;

    /// <inheritdoc/>
    string ITextValue<PaymentToken>.Text => Value;

    /// <summary>Wraps a token, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PaymentToken? value)
    {
        value = IsValid(text) ? new PaymentToken(text) : null;
        return value is not null;
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxLength } and not ErasedText.Value && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
