using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Where a value stands in JSON; written out only where somebody asks.</summary>
internal sealed class JsonPath
{
    private readonly JsonPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPath(JsonPath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    /// <summary>The value itself.</summary>
    public static JsonPath Root { get; } = new(null, null, 0);

    /// <summary>A property of it.</summary>
    public JsonPath Property(string name) => new(this, name, 0);

    /// <summary>An element of it, counted from 0.</summary>
    public JsonPath Element(int index) => new(this, null, index);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_parent is null)
        {
            return string.Empty;
        }
        var before = _parent.ToString();
        return _name is null ? string.Create(CultureInfo.InvariantCulture, $"{before}[{_index}]") : before.Length == 0 ? _name : $"{before}.{_name}";
    }
}
