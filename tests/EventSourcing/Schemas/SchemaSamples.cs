using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing.Tests.Schemas;

internal enum Colour
{
    Red,
    DarkBlue,
}

/// <summary>Every form that the serializer has for a property, and one that a converter has.</summary>
[EventType("sample-happened")]
internal sealed record SampleHappened(
    string Name,
    int Count,
    long? Size,
    decimal Price,
    bool Done,
    Guid Id,
    DateTimeOffset At,
    Colour Colour,
    Label Label,
    Part Part,
    IReadOnlyList<Part> Parts,
    IReadOnlyDictionary<string, int> Tally,
    string? Remark = null,
    Colour? Second = null,
    Label? Other = null,
    int Weight = 7) : IDomainEvent
{
    public static SampleHappened Full { get; } = new(
        "n", 1, 2, 1.5m, true, Guid.Empty, DateTimeOffset.UnixEpoch, Colour.Red, new Label("l-1"), new Part("a", null), [new Part("b", new Label("l-2"))],
        new Dictionary<string, int> { ["x"] = 1 }, "r", Colour.DarkBlue, new Label("l-3"), 8);
}

internal sealed record Part(string Code, Label? Label);

[JsonConverter(typeof(LabelConverter))]
internal sealed record Label(string Text);

internal sealed class LabelConverter : JsonConverter<Label>, IJsonSchemaSource
{
    public string SchemaName => "label";

    public JsonObject Schema(Func<Type, JsonObject> schemaOf) => new() { ["type"] = "string", ["pattern"] = "^l-[0-9]$" };

    public override Label Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is ['l', '-', >= '0' and <= '9'] text ? new Label(text) : throw new JsonException("That is no label.");

    public override void Write(Utf8JsonWriter writer, Label value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

[EventType("secret-kept")]
internal sealed record SecretKept(Secret Secret) : IDomainEvent;

[JsonConverter(typeof(SecretConverter))]
internal sealed record Secret;

/// <summary>Does not tell what it writes.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new();

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("?");
}

[EventType("doll-found")]
internal sealed record DollFound(Doll Doll) : IDomainEvent;

internal sealed record Doll(string Face, Doll? Inner);

[EventType("names-met")]
internal sealed record NamesMet(Part One, Elsewhere.Part Other) : IDomainEvent;

internal static class Elsewhere
{
    internal sealed record Part(int Number);
}
