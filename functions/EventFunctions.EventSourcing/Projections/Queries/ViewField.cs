namespace EventFunctions.EventSourcing;

/// <summary>A field of a view's JSON.</summary>
public sealed record ViewField
{
    /// <summary>Names a field.</summary>
    /// <param name="path">Names in camel case, of ASCII letters and digits, from the view inwards, joined by dots: <c>product.price.amount</c>.</param>
    /// <exception cref="ArgumentException">The text is no such path.</exception>
    public ViewField(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Names = path.Split('.');
        Path = Names.All(n => n.Length > 0 && char.IsAsciiLetterLower(n[0]) && n.All(char.IsAsciiLetterOrDigit))
            ? path
            : throw new ArgumentException($"'{path}' is no path of camel-case names joined by dots.", nameof(path));
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Its names, outermost first.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool Equals(ViewField? other) => other is not null && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);
}
