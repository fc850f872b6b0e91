using System.Diagnostics.CodeAnalysis;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Names a stream: <c>category-id</c>, or <c>tenant.category-id</c> where the stream belongs to a tenant.
/// The name is the partition key of the stream in the store and the session id of its messages.
/// </summary>
public readonly record struct StreamName
{
    /// <summary>The longest name, in characters: a Service Bus session id holds no more.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;
    private readonly int _categoryStart;
    private readonly int _idStart;

    /// <summary>Composes a stream name from its parts.</summary>
    /// <param name="category">Lower-case letters and digits, first a letter: the kind of aggregate.</param>
    /// <param name="id">Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>: which one of its kind.</param>
    /// <param name="tenant">Lower-case letters and digits, or <see langword="null"/> for the default tenant.</param>
    /// <exception cref="ArgumentException">A part is empty, has a character it may not have, or the whole is too long.</exception>
    public StreamName(string category, string id, string? tenant = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(category);
        ArgumentException.ThrowIfNullOrEmpty(id);
        var value = tenant is null ? $"{category}-{id}" : $"{tenant}.{category}-{id}";
        if (!TryParse(value, out var parsed) || parsed.Category != category || parsed.Tenant != tenant)
        {
            throw new ArgumentException($"'{value}' is not a stream name: it must read [tenant.]category-id with at most {MaxLength} characters.", nameof(id));
        }

        this = parsed;
    }

    private StreamName(string value, int categoryStart, int idStart)
    {
        _value = value;
        _categoryStart = categoryStart;
        _idStart = idStart;
    }

    /// <summary>The whole name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default StreamName names nothing.");

    /// <summary>The kind of aggregate, <c>ordering</c> in <c>acme.ordering-7f3c</c>.</summary>
    public string Category => Value[_categoryStart..(_idStart - 1)];

    /// <summary>The aggregate's own id, <c>7f3c</c> in <c>acme.ordering-7f3c</c>.</summary>
    public string Id => Value[_idStart..];

    /// <summary>The tenant, <c>acme</c> in <c>acme.ordering-7f3c</c>; <see langword="null"/> for the default tenant.</summary>
    public string? Tenant => _categoryStart == 0 ? null : Value[..(_categoryStart - 1)];

    /// <summary>Reads a stream name.</summary>
    /// <exception cref="FormatException">The text is not a stream name.</exception>
    public static StreamName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a stream name ([tenant.]category-id).");

    /// <summary>Reads a stream name, or tells that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return false;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || dash == text.Length - 1)
        {
            return false;
        }

        var dot = text.AsSpan(0, dash).IndexOf('.');
        var categoryStart = dot + 1;
        var tenant = dot < 0 ? default : text.AsSpan(0, dot);
        var category = text.AsSpan(categoryStart, dash - categoryStart);
        if (dot == 0 || !IsWord(category) || !char.IsAsciiLetterLower(category[0]) || (dot > 0 && !IsWord(tenant)) || !IsId(text.AsSpan(dash + 1)))
        {
            return false;
        }

        name = new StreamName(text, categoryStart, dash + 1);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private static bool IsId(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
