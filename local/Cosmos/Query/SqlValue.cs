using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The types of values, in the order in which values of different types sort.</summary>
internal enum SqlType : byte
{
    /// <summary>What an absent property is; it is no JSON value and vanishes from results.</summary>
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A value in a query: one read from an item, or one that the query computed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SqlValue
{
    private readonly double _number;
    private readonly object? _content;
    private readonly JsonElement _element;

    private SqlValue(SqlType type, double number = 0, object? content = null, JsonElement element = default)
    {
        Type = type;
        _number = number;
        _content = content;
        _element = element;
    }

    public static readonly SqlValue Undefined;

    public static readonly SqlValue Null = new(SqlType.Null);

    public static readonly SqlValue True = new(SqlType.Boolean, 1);

    public static readonly SqlValue False = new(SqlType.Boolean);

    public SqlType Type { get; }

    public bool IsDefined => Type != SqlType.Undefined;

    public bool IsTrue => Type == SqlType.Boolean && _number != 0;

    public bool IsFalse => Type == SqlType.Boolean && _number == 0;

    /// <summary>A number's value; 1 and 0 for true and false.</summary>
    public double Number => _number;

    private bool IsWhole => _number == Math.Floor(_number) && Math.Abs(_number) < long.MaxValue;

    /// <summary>A string's value.</summary>
    public string Text => (string)_content!;

    public static SqlValue Of(bool value) => value ? True : False;

    /// <summary>A number; what is not finite is no JSON value and becomes undefined.</summary>
    public static SqlValue Of(double value) => double.IsFinite(value) ? new(SqlType.Number, value) : Undefined;

    public static SqlValue Of(string value) => new(SqlType.String, content: value);

    public static SqlValue Of(IReadOnlyList<SqlValue> values) => new(SqlType.Array, content: values);

    public static SqlValue Of(IReadOnlyList<KeyValuePair<string, SqlValue>> members) => new(SqlType.Object, content: members);

    /// <summary>A value of a document; it lives as long as the document.</summary>
    public static SqlValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Null,
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        // JSON has numbers that no double holds; they count as the largest one.
        JsonValueKind.Number => new(SqlType.Number, Math.Clamp(element.GetDouble(), double.MinValue, double.MaxValue), element: element),
        JsonValueKind.String => Of(element.GetString()!),
        JsonValueKind.Array => new(SqlType.Array, element: element),
        JsonValueKind.Object => new(SqlType.Object, element: element),
        _ => Undefined,
    };

    /// <summary>The same value, independent of the documents that it, or anything in it, came from.</summary>
    public SqlValue Detach() => _content switch
    {
        IReadOnlyList<SqlValue> values => Of([.. values.Select(v => v.Detach())]),
        IReadOnlyList<KeyValuePair<string, SqlValue>> members => Of([.. members.Select(m => KeyValuePair.Create(m.Key, m.Value.Detach()))]),
        _ when _element.ValueKind == JsonValueKind.Undefined => this,
        _ when Type == SqlType.Number => new(SqlType.Number, _number),
        _ => Of(_element.Clone()),
    };

    /// <summary>An object's member; undefined where there is none.</summary>
    public SqlValue Member(string name)
    {
        if (Type != SqlType.Object)
        {
            return Undefined;
        }

        if (_content is IReadOnlyList<KeyValuePair<string, SqlValue>> members)
        {
            return members.FirstOrDefault(m => m.Key == name).Value;
        }

        // A name that JSON can't hold is no member's.
        return SqlText.IsWhole(name) && _element.TryGetProperty(name, out var member) ? Of(member) : Undefined;
    }

    /// <summary>An array's element; undefined where there is none.</summary>
    public SqlValue ElementAt(double index)
    {
        if (Type != SqlType.Array || index < 0 || index >= Count || index != Math.Floor(index))
        {
            return Undefined;
        }

        return _content is IReadOnlyList<SqlValue> values ? values[(int)index] : Of(_element[(int)index]);
    }

    /// <summary>How many elements an array has.</summary>
    public int Count => _content is IReadOnlyList<SqlValue> values ? values.Count : _element.GetArrayLength();

    public IEnumerable<SqlValue> Elements() =>
        _content as IReadOnlyList<SqlValue> ?? _element.EnumerateArray().Select(Of);

    public IEnumerable<KeyValuePair<string, SqlValue>> Members() =>
        _content as IReadOnlyList<KeyValuePair<string, SqlValue>> ?? _element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(p.Value)));

    /// <summary>Writes the value; a number from a document keeps the digits it came with.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Type)
        {
            case SqlType.Null or SqlType.Undefined:
                writer.WriteNullValue();
                break;
            case SqlType.Boolean:
                writer.WriteBooleanValue(IsTrue);
                break;
            case SqlType.String:
                writer.WriteStringValue(Text);
                break;
            case SqlType.Number when _element.ValueKind == JsonValueKind.Undefined && IsWhole:
                // Without an exponent, for readers that want an integer.
                writer.WriteNumberValue((long)_number);
                break;
            case SqlType.Number when _element.ValueKind == JsonValueKind.Undefined:
                writer.WriteNumberValue(_number);
                break;
            case var _ when _element.ValueKind != JsonValueKind.Undefined:
                _element.WriteTo(writer);
                break;
            default:
                SqlValueWriter.WriteComposite(writer, this);
                break;
        }
    }
}
