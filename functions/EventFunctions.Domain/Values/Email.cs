using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>
/// The address of a mailbox, in the form that people have: a dot-atom, <c>@</c>, and the name of a host with a dot in it (RFC 5321,
/// section 4.1.2, without quoted local parts and address literals). The host's name is kept in lower case; of the local part only
/// the host may say whether case matters, so it is kept as it was given.
/// </summary>
/// <remarks><see cref="ToString"/> hides it from logs; JSON has it in full.</remarks>
[JsonConverter(typeof(TextValueConverter<Email>))]
public sealed partial record Email : ITextValue<Email>
{
    /// <summary>The longest address, in characters (RFC 5321, section 4.5.3.1.3, less the two angle brackets of a path).</summary>
    public const int MaxLength = 254;

    /// <summary>The longest local part, in characters (RFC 5321, section 4.5.3.1.1).</summary>
    public const int MaxLocalLength = 64;

    private const string Mailbox =
        @"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /// <summary>Wraps an address.</summary>
    /// <param name="value">The address, without a name or angle brackets around it.</param>
    /// <exception cref="ArgumentException">The text is no such address; the message does not repeat it.</exception>
    public Email(string value) => Value = Canonical(value)
        ?? throw new ArgumentException($"An e-mail address has a local part, '@' and a host, at most {MaxLength} characters.", nameof(value));

    private Email() => Value = ErasedText.Value;

    /// <summary>Stands for an address that is erased; no mail can be sent to it.</summary>
    public static Email Erased { get; } = new();

    /// <summary>The address in full, for the mail service and its owner only.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    static JsonObject ITextValue<Email>.TextSchema => new() { ["minLength"] = 6, ["maxLength"] = MaxLength, ["pattern"] = $"^{Mailbox}$" };

    /// <inheritdoc/>
    static Email? ITextValue<Email>.Erased => Erased;

    /// <inheritdoc/>
    string ITextValue<Email>.Text => Value;

    /// <summary>Wraps an address, or tells that the text is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Email? value)
    {
        value = Canonical(text) is not null ? new Email(text!) : null;
        return value is not null;
    }

    /// <summary>
    /// Whether two addresses reach one mailbox as far as anybody has to care: case apart, because no host in use tells mailboxes
    /// apart by it.
    /// </summary>
    public bool IsSameMailbox(Email? other) => string.Equals(Value, other?.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    private static string? Canonical(string? text)
    {
        if (text is not { Length: <= MaxLength } || !Form().IsMatch(text))
        {
            return null;
        }

        var at = text.LastIndexOf('@');
#pragma warning disable CA1308 // Names of hosts are written in lower case.
        return at <= MaxLocalLength ? text[..at] + text[at..].ToLowerInvariant() : null;
#pragma warning restore CA1308
    }

    [GeneratedRegex("^" + Mailbox + @"\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
