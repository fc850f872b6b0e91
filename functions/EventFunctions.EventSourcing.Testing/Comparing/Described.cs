using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing.Testing;

/// <summary>Values as a person compares them: by their stored name and their stored JSON.</summary>
internal static class Described
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The stored name of an event, or the name of the type where it is none.</summary>
    public static string NameOf(object value) =>
        value.GetType().GetCustomAttribute<EventTypeAttribute>()?.Name ?? value.GetType().Name;

    /// <summary>The name and, below it, the JSON.</summary>
    public static string Of(object? value) =>
        value is null ? "nothing" : $"{NameOf(value)} {JsonSerializer.Serialize(value, value.GetType(), Indented)}";

    /// <summary>Several values, each by its place.</summary>
    public static string OfAll(IEnumerable<object> values)
    {
        var texts = values.Select((value, at) => $"{at + 1}. {Of(value)}").ToList();
        return texts.Count == 0 ? "nothing" : string.Join('\n', texts);
    }

    /// <summary>
    /// Whether two values are the same to whoever reads them from a store: equal, or of one type and with the same JSON, for a
    /// record with a collection in it does not compare what is in the collection.
    /// </summary>
    public static bool AreSame(object? one, object? other) =>
        Equals(one, other)
        || (one is not null && other is not null && one.GetType() == other.GetType()
            && JsonNode.DeepEquals(
                JsonSerializer.SerializeToNode(one, one.GetType(), EventJson.Options),
                JsonSerializer.SerializeToNode(other, other.GetType(), EventJson.Options)));
}
