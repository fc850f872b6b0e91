using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing.Tests.Versioning;

/// <summary>An event of five versions; every upcaster leaves its mark.</summary>
[EventType("journey", 5)]
[EventTypeAlias("trip")]
[EventTypeAlias("walk")]
public sealed record Journey(string Traveller, IReadOnlyList<int> Upcasts) : IDomainEvent
{
    public static EventTypeRegistry Registry { get; } =
        EventTypeRegistry.FromTypes(typeof(Journey), typeof(FromV4), typeof(FromV2), typeof(FromV1), typeof(FromV3));

    [RetiredEvent("journey", 1)]
    public sealed record V1(string Who);

    [RetiredEvent("journey", 2)]
    public sealed record V2(string Name, IReadOnlyList<int>? Upcasts = null);

    [RetiredEvent("journey", 3)]
    public sealed record V3(string Name, IReadOnlyList<int>? Upcasts = null);

    [RetiredEvent("journey", 4)]
    public sealed record V4(string Traveller, IReadOnlyList<int>? Upcasts = null);

    private sealed class FromV1 : IEventUpcaster
    {
        public Type Shape => typeof(V1);

        public JsonObject Upcast(JsonObject data) => Mark(new JsonObject { ["name"] = data["who"]!.DeepClone() }, 1);
    }

    private sealed class FromV2 : IEventUpcaster
    {
        public Type Shape => typeof(V2);

        public JsonObject Upcast(JsonObject data) => Mark(data, 2);
    }

    private sealed class FromV3 : IEventUpcaster
    {
        public Type Shape => typeof(V3);

        public JsonObject Upcast(JsonObject data)
        {
            var name = data["name"]!.DeepClone();
            data.Remove("name");
            data["traveller"] = name;
            return Mark(data, 3);
        }
    }

    private sealed class FromV4 : IEventUpcaster
    {
        public Type Shape => typeof(V4);

        public JsonObject Upcast(JsonObject data) => Mark(data, 4);
    }

    private static JsonObject Mark(JsonObject data, int from)
    {
        data["upcasts"] = new JsonArray([.. data["upcasts"]?.AsArray().Select(n => n!.DeepClone()) ?? [], JsonValue.Create(from)]);
        return data;
    }
}
