using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>JSON as the store writes it and as a plain reader of web JSON would.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static IReadOnlyList<JsonSerializerOptions> Dialects { get; } = [EventJson.Options, new(JsonSerializerDefaults.Web)];

    public static string Pretty(object value) => JsonSerializer.Serialize(value, value.GetType(), Indented) + "\n";

    public static T RoundTrip<T>(T value, JsonSerializerOptions options)
        where T : notnull =>
        (T)JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), options), value.GetType(), options)!;

    /// <summary>Equal as JSON: dictionaries and lists by content.</summary>
    public static bool Same<T>(T one, T other)
        where T : notnull =>
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, EventJson.Options), JsonSerializer.SerializeToNode(other, EventJson.Options));
}
