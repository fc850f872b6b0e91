using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>The types of values in an index, in the order in which values of different types sort.</summary>
internal enum IndexKeyType : byte
{
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>
/// What an index knows of a value. It sorts as the values do, but for what it leaves out: of a long text the end, of an array or an object
/// all but the type. So values with different keys sort as their keys do, and those with the same key have to be looked at.
/// </summary>
/// <param name="Type">The value's type.</param>
/// <param name="Number">A number's value; 1 and 0 for true and false.</param>
/// <param name="Text">The beginning of a string; <see langword="null"/> for any other type.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexKey(IndexKeyType Type, double Number, string? Text) : IComparable<IndexKey>
{
    /// <summary>How many characters of a string are kept, so that long texts are not in memory twice.</summary>
    public const int MostCharacters = 64;

    /// <summary>Before the keys of all values: what an item that has nothing at a path has.</summary>
    public static readonly IndexKey Lowest = Of(IndexKeyType.Undefined);

    /// <summary>No key is beyond that of objects.</summary>
    public static readonly IndexKey Highest = Of(IndexKeyType.Object);

    /// <summary>Whether values with this key are equal.</summary>
    public bool IsExact => Type < IndexKeyType.Array && Text is not { Length: MostCharacters };

    public static IndexKey Of(IndexKeyType type) => new(type, 0, null);

    public static IndexKey Of(bool value) => new(IndexKeyType.Boolean, value ? 1 : 0, null);

    public static IndexKey Of(double value) => new(IndexKeyType.Number, value, null);

    public static IndexKey Of(string value) => new(IndexKeyType.String, 0, value.Length <= MostCharacters ? value : value[..MostCharacters]);

    /// <summary>The key of a JSON value; a number that no double holds counts as the largest, as in queries.</summary>
    public static IndexKey Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Of(IndexKeyType.Null),
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Number => Of(Math.Clamp(value.GetDouble(), double.MinValue, double.MaxValue)),
        JsonValueKind.String => Of(value.GetString()!),
        JsonValueKind.Array => Of(IndexKeyType.Array),
        JsonValueKind.Object => Of(IndexKeyType.Object),
        _ => Of(IndexKeyType.Undefined),
    };

    /// <summary>Strings compare by code unit, as in queries.</summary>
    public int CompareTo(IndexKey other) =>
        Type != other.Type ? Type.CompareTo(other.Type)
        : Type == IndexKeyType.String ? string.CompareOrdinal(Text, other.Text)
        : Number.CompareTo(other.Number);

    public static bool operator <(IndexKey left, IndexKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(IndexKey left, IndexKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(IndexKey left, IndexKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(IndexKey left, IndexKey right) => left.CompareTo(right) >= 0;
}
