using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Integration;
using EventFunctions.Integration.Translators;
using EventFunctions.Publishing;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Publishing;
using Moq;

namespace EventFunctions.Tests.Integration;

/// <summary>An example of every version of every event of every context, as the tests of the domain keep them.</summary>
internal static class DomainSamples
{
    private const string TextMarker = "PERSONAL";
    private const string NumberMarker = "999000000000";

    public static IReadOnlyList<IIntegrationTranslator> Translators { get; } =
    [
        new OrderingTranslator(), new PaymentsTranslator(), new InventoryTranslator(), new ShippingTranslator(), new CatalogTranslator(),
        new CustomersTranslator(),
    ];

    public static IReadOnlyList<(string Type, EventEnvelope Envelope)> All { get; } =
        [.. EventSamples.Registry.Versions.Select(v => ($"{v.Name}.v{v.SchemaVersion}", Read(v.Name, v.SchemaVersion)))];

    public static IntegrationTranslation Translation(IEventPublisher? publisher = null)
    {
        var contracts = new IntegrationContracts();
        return new IntegrationTranslation(
            Translators, contracts, new IntegrationSerializer(contracts), publisher ?? Mock.Of<IEventPublisher>(MockBehavior.Strict));
    }

    /// <summary>What every personal value of a marked event has in it, in one case or another.</summary>
    public static IReadOnlyList<string> Markers { get; } = [TextMarker, NumberMarker];

    /// <summary>The event with a marker in everything that is personal, at any depth.</summary>
    public static EventEnvelope Marked(EventEnvelope envelope)
    {
        var json = JsonSerializer.SerializeToNode(EventSamples.Serializer.Write(envelope), EventJson.Options)!.AsObject();
        Mark(json["data"], envelope.Data, isPersonal: false);
        return EventSamples.Serializer.Read(JsonSerializer.SerializeToUtf8Bytes(json, EventJson.Options));
    }

    private static EventEnvelope Read(string name, int version)
    {
        var registered = EventSamples.Registry.Get(name, version);
        var data = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "Domain", "Contracts", $"{name}.v{version}.json")))!.AsObject();
        var document = new EventDocument(
            EventDocument.IdOf(1),
            StreamOf(registered.ClrType, data).Value,
            EventDocument.EventKind,
            1,
            NameBasedGuid.Create(Guid.Empty, $"{name}.v{version}"),
            name,
            version,
            new DateTimeOffset(2026, 3, 4, 12, 30, 0, TimeSpan.Zero),
            JsonSerializer.SerializeToElement(data),
            new EventMetadata(Guid.Empty, "corr-1"));
        return EventSamples.Serializer.Read(document);
    }

    private static StreamName StreamOf(Type type, JsonObject data)
    {
        var aggregate = typeof(Order).Assembly.GetTypes().Single(t => t.GetInterfaces().Any(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAggregate<,>) && i.GetGenericArguments()[1].IsAssignableFrom(type)));
        var method = aggregate.GetMethod("StreamOf", BindingFlags.Public | BindingFlags.Static)!;
        var id = method.GetParameters()[0];
        return (StreamName)method.Invoke(null, [data[id.Name!].Deserialize(id.ParameterType, EventJson.Options), null])!;
    }

    /// <summary>Texts alone can be marked: a country has to stay one, or the address could not be read.</summary>
    private static void Mark(JsonNode? json, object? value, bool isPersonal)
    {
        switch (json)
        {
            case JsonValue text when isPersonal && text.GetValueKind() == JsonValueKind.String && !IsCountry(text):
                text.ReplaceWith(MarkerFor(value));
                break;
            case JsonObject address when address["country"]?.GetValue<string>() == "ZZ":
                break; // None was recorded.
            case JsonArray items when value is IEnumerable values:
                foreach (var (item, each) in items.ToList().Zip(values.Cast<object?>()))
                {
                    Mark(item, each, isPersonal);
                }

                break;
            case JsonObject members when value is not null:
                foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
                {
                    var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                    Mark(members[name], members[name] is null ? null : property.GetValue(value), isPersonal || IsPersonal(property));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>A marker that the value can be read back from.</summary>
    private static string MarkerFor(object? value) => value switch
    {
        Email => $"{TextMarker}@example.com",
        PhoneNumber => $"+{NumberMarker}",
        _ => TextMarker,
    };

    private static bool IsCountry(JsonValue text) => text.Parent is JsonObject && text.GetPropertyName() == "country";

    private static bool IsPersonal(PropertyInfo property) => property.IsDefined(typeof(PersonalDataAttribute), inherit: true);
}
