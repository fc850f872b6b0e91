using System.Xml;
using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Values by name, in the types of XML Schema that the service's clients use.</summary>
internal static class ValueXml
{
    private const string Schema = "http://www.w3.org/2001/XMLSchema";
    private const string Pair = "KeyValueOfstringanyType";

    /// <summary>The prefix has four characters, which is what the client for JavaScript counts on.</summary>
    private const string Prefix = "d6p1";

    /// <summary>Reads values; none for an element that is not there or empty.</summary>
    /// <exception cref="AdministrationException">A value is not of its type, or of one that is not known.</exception>
    public static IReadOnlyDictionary<string, object>? Read(XElement? element)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var pair in element?.Elements(Atom.ServiceBus + Pair) ?? [])
        {
            var key = pair.Element(Atom.ServiceBus + "Key")?.Value;
            var value = pair.Element(Atom.ServiceBus + "Value");
            if (key is null || value is null || !values.TryAdd(key, Value(key, value)))
            {
                throw AdministrationException.BadRequest("A pair has no key, no value, or a key that is there twice.");
            }
        }

        return values.Count == 0 ? null : values;
    }

    /// <summary>Writes values; none where there are none.</summary>
    public static XElement? Write(string name, IReadOnlyDictionary<string, object>? values) => values is null || values.Count == 0
        ? null
        : new XElement(Atom.ServiceBus + name, values.Select(pair => new XElement(
            Atom.ServiceBus + Pair,
            new XElement(Atom.ServiceBus + "Key", pair.Key),
            Value(pair.Value))));

    private static XElement Value(object value)
    {
        var (type, text) = value switch
        {
            string v => ("string", v),
            int v => ("int", XmlConvert.ToString(v)),
            long v => ("long", XmlConvert.ToString(v)),
            bool v => ("boolean", XmlConvert.ToString(v)),
            double v => ("double", XmlConvert.ToString(v)),
            DateTime v => ("dateTime", XmlConvert.ToString(v, XmlDateTimeSerializationMode.Utc)),
            DateTimeOffset v => ("dateTime", XmlConvert.ToString(v.UtcDateTime, XmlDateTimeSerializationMode.Utc)),
            TimeSpan v => ("duration", XmlConvert.ToString(v)),
            IFormattable v => ("string", v.ToString(null, null)),
            _ => ("string", $"{value}"),
        };
        return new XElement(
            Atom.ServiceBus + "Value",
            new XAttribute(XNamespace.Xmlns + Prefix, Schema),
            new XAttribute(Atom.Instance + "type", $"{Prefix}:{type}"),
            text);
    }

    private static object Value(string key, XElement value)
    {
        var type = value.Attribute(Atom.Instance + "type")?.Value;
        try
        {
            return type?[(type.IndexOf(':', StringComparison.Ordinal) + 1)..] switch
            {
                null or "string" => value.Value,
                "int" => XmlConvert.ToInt32(value.Value),
                "long" => XmlConvert.ToInt64(value.Value),
                "boolean" => XmlConvert.ToBoolean(value.Value),
                "double" => XmlConvert.ToDouble(value.Value),
                "dateTime" => XmlConvert.ToDateTime(value.Value, XmlDateTimeSerializationMode.Utc),
                "duration" => XmlConvert.ToTimeSpan(value.Value),
                _ => throw AdministrationException.BadRequest($"The value of '{key}' is of type '{type}', which is not known."),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw AdministrationException.BadRequest($"The value of '{key}' is '{value.Value}', which is no {type}.");
        }
    }
}
