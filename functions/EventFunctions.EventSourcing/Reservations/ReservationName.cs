namespace EventFunctions.EventSourcing;

/// <summary>A name that only one owner may have, within the scope that it is meant in.</summary>
public readonly record struct ReservationName
{
    /// <summary>The longest scope or key, in characters.</summary>
    public const int MaxLength = 100;

    private const string Prefix = "reservation";

    private readonly string? _value;

    /// <summary>Composes a name.</summary>
    /// <param name="scope">What kind of name it is: ASCII letters, digits and <c>-</c>, e.g. <c>email</c>.</param>
    /// <param name="key">The name itself: ASCII letters, digits and <c>-</c>. What is personal goes in as a keyed hash.</param>
    /// <exception cref="ArgumentException">A part is empty, too long, or has a character it may not have.</exception>
    public ReservationName(string scope, string key)
    {
        Check(scope, nameof(scope));
        Check(key, nameof(key));
        _value = $"{Prefix}:{scope}:{key}";
    }

    private ReservationName(string value) => _value = value;

    /// <summary>The scope and the key behind a fixed word, joined by colons: the id of the stored item.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default ReservationName names nothing.");

    /// <summary>Reads <see cref="Value"/>.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ReservationName Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Split(':') is [Prefix, { Length: > 0 }, { Length: > 0 }]
            ? new ReservationName(value)
            : throw new FormatException("A reserved name is a word, a scope and a key, joined by colons.");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static void Check(string part, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, parameter);
        if (part.Length > MaxLength || !part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"A part of a reserved name has letters, digits and '-', at most {MaxLength}.", parameter);
        }
    }
}
