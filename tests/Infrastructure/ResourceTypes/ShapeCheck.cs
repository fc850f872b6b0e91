using System.Xml;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

namespace EventFunctions.Infrastructure.Tests.ResourceTypes;

/// <summary>Holds values against shapes.</summary>
internal static class ShapeCheck
{
    /// <summary>What does not fit.</summary>
    /// <param name="path">Where the value is, for messages.</param>
    public static IEnumerable<string> Run(Shape shape, Value value, string path) => (shape, value.Known()) switch
    {
        // Azure Resource Manager leaves out what is null.
        (_, NullValue) => [],
        (Scalar { Kind: "any" }, _) => [],
        (Composite composite, MapValue map) => Properties(composite, map, path),
        (MapOf of, MapValue map) => map.Entries.SelectMany(e => Run(of.Value, e.Value, $"{path}.{e.Key}")),
        (ArrayOf of, ListValue list) => list.Items.SelectMany((item, index) => Run(of.Item, item, $"{path}[{index}]")),
        (Enumeration or Scalar { Kind: "string" or "duration" }, UnknownValue) => [],
        (Enumeration options, TextValue text) => options.Values.Contains(text.Text)
            ? [] : [$"{path} is '{text}', which is none of {string.Join(", ", options.Values)}"],
        (Scalar { Kind: "string" }, TextValue) => [],
        (Scalar { Kind: "duration" }, TextValue text) => IsDuration(text.Text) ? [] : [$"{path} is '{text}', which is no duration of ISO 8601"],
        (Scalar { Kind: "bool" }, FlagValue) => [],
        (Scalar { Kind: "int" } range, NumberValue number) => number.Number >= range.Min && number.Number <= range.Max
            ? [] : [$"{path} is {number}, which is not from {range.Min} to {range.Max}"],
        _ => [$"{path} is {value.Kind} '{value}', and not {NameOf(shape)}"],
    };

    private static IEnumerable<string> Properties(Composite composite, MapValue map, string path)
    {
        var unknown = map.Entries.Where(e => !composite.Properties.ContainsKey(e.Key)).Select(e => $"the table knows no {path}.{e.Key}");
        var missing = composite.Properties.Where(p => p.Value.IsRequired && map[p.Key] is null or NullValue).Select(p => $"{path}.{p.Key} is missing");
        var inner = from entry in map.Entries
                    where composite.Properties.ContainsKey(entry.Key)
                    from finding in Run(composite.Properties[entry.Key].Shape, entry.Value, $"{path}.{entry.Key}")
                    select finding;
        return unknown.Concat(missing).Concat(inner);
    }

    private static bool IsDuration(string text)
    {
        try
        {
            _ = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string NameOf(Shape shape) => shape switch
    {
        Scalar scalar => scalar.Kind,
        Enumeration options => $"one of {string.Join(", ", options.Values)}",
        ArrayOf => "an array",
        _ => "an object",
    };
}
