using System.Text.Json;

namespace EventFunctions.Infrastructure.Tests.ResourceTypes;

/// <summary>
/// What a value of a resource's body may be. In the table's JSON: <c>"string"</c>, <c>"int"</c>, <c>"int 1..20"</c>, <c>"bool"</c>,
/// <c>"duration"</c> (ISO 8601), <c>"any"</c>; an array of texts for an enumeration; <c>{"[]": …}</c> for an array, <c>{"*": …}</c> for an
/// object with any names, and other objects for one with these names, of which those with an exclamation mark must be there.
/// </summary>
public abstract record Shape
{
    /// <summary>Reads a shape.</summary>
    /// <exception cref="FormatException">The table is not written like that.</exception>
    public static Shape Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            var words = element.GetString()!.Split(' ', 2);
            return words switch
            {
                ["int", var range] when range.Split("..") is [var min, var max] => new Scalar("int", long.Parse(min), long.Parse(max)),
                [var kind] when kind is "string" or "int" or "bool" or "duration" or "any" => new Scalar(kind, long.MinValue, long.MaxValue),
                _ => throw new FormatException($"the table does not say what '{element.GetString()}' is"),
            };
        }
        if (element.ValueKind == JsonValueKind.Array)
        {
            return new Enumeration([.. element.EnumerateArray().Select(e => e.GetString()!)]);
        }
        if (element.TryGetProperty("[]", out var item))
        {
            return new ArrayOf(Read(item));
        }

        return element.TryGetProperty("*", out var value)
            ? new MapOf(Read(value))
            : new Composite(element.EnumerateObject().ToDictionary(p => p.Name.TrimEnd('!'), p => (Read(p.Value), p.Name.EndsWith('!')), StringComparer.Ordinal));
    }
}

/// <summary>A single value.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Min">The least number.</param>
/// <param name="Max">The greatest number.</param>
public sealed record Scalar(string Kind, long Min, long Max) : Shape;

/// <summary>One of some texts, case and all.</summary>
public sealed record Enumeration(IReadOnlyList<string> Values) : Shape;

/// <summary>An array.</summary>
public sealed record ArrayOf(Shape Item) : Shape;

/// <summary>An object with any names.</summary>
public sealed record MapOf(Shape Value) : Shape;

/// <summary>An object with certain names.</summary>
public sealed record Composite(IReadOnlyDictionary<string, (Shape Shape, bool IsRequired)> Properties) : Shape;
