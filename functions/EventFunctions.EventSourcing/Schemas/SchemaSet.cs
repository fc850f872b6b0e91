using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Schemas of types as <see cref="EventJson.Options"/> write them, with what they share defined once. JSON Schema, draft
/// 2020-12, restricted to keywords that draft 7 and AsyncAPI have too.
/// </summary>
/// <remarks>
/// A schema says what is written: a property that may be missing is not required, and never <c>null</c>. It does not forbid
/// further properties, because readers pass over what they do not know.
/// </remarks>
/// <param name="texts">The descriptions.</param>
/// <param name="definitionsAt">Where the definitions will stand, as the beginning of a JSON pointer, e.g. <c>#/$defs/</c>.</param>
public sealed class SchemaSet(ISchemaTexts texts, string definitionsAt)
{
    // Numbers are written as numbers; that the options would read them from strings is no business of a reader of events.
    private static readonly JsonSerializerOptions Options = new(EventJson.Options) { NumberHandling = JsonNumberHandling.Strict };

    private readonly SortedDictionary<string, (Type Type, JsonObject Schema)> _definitions = new(StringComparer.Ordinal);

    /// <summary>A copy of the definitions that the schemas made so far refer to, ordered by name.</summary>
    public JsonObject Definitions => new(_definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value.Schema.DeepClone())));

    /// <summary>The schema of a type, written out; what is inside it is defined and referred to.</summary>
    /// <exception cref="NotSupportedException">Something in the type is written in a form that nothing tells.</exception>
    public JsonObject Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Export(type, writtenOut: true);
    }

    /// <summary>The schema of a type as a part of the document: what has properties is defined once and referred to.</summary>
    /// <exception cref="NotSupportedException">Something in the type is written in a form that nothing tells.</exception>
    public JsonObject ReferenceTo(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Export(type, writtenOut: false);
    }

    private JsonObject Export(Type type, bool writtenOut) => Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, exported) => Transform(context, exported, writtenOut),
    }).AsObject();

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode exported, bool writtenOut)
    {
        var type = TypeInfoOf(context.TypeInfo.Type);
        var isWrittenOut = writtenOut && context.Path.IsEmpty;
        var schema = type switch
        {
            { Converter: IJsonSchemaSource source } => Place(type.Type, source.SchemaName, () => FormOf(source), isWrittenOut),
            { Kind: JsonTypeInfoKind.Object } => Place(type.Type, NameOf(type.Type), () => ObjectOf(type, exported), isWrittenOut),
            _ => PlainSchema.OfValue(type, exported),
        };
        return context.PropertyInfo is { } property ? Described(schema, property) : schema;
    }

    private JsonObject ObjectOf(JsonTypeInfo type, JsonNode exported)
    {
        var schema = PlainSchema.OfObject(type, exported);

        // The exporter leaves out the transformation of a property that has a converter of its own and a default.
        foreach (var property in type.Properties.Where(p => TypeInfoOf(p.PropertyType).Converter is IJsonSchemaSource))
        {
            schema["properties"]![property.Name] = Described(Export(property.PropertyType, writtenOut: false), property);
        }

        return schema;
    }

    private JsonObject Described(JsonObject schema, JsonPropertyInfo property)
    {
        if (texts.OfProperty(property.DeclaringType, NameInCode(property)) is { } text)
        {
            schema["description"] = text;
        }

        return schema;
    }

    private JsonObject FormOf(IJsonSchemaSource source) => source.Schema(part => Export(part, writtenOut: false));

    private JsonObject Place(Type type, string name, Func<JsonObject> schema, bool isWrittenOut)
    {
        if (isWrittenOut)
        {
            return schema();
        }

        if (!_definitions.TryGetValue(name, out var known))
        {
            known = (type, schema());
            if (texts.OfType(type) is { } text)
            {
                known.Schema.Insert(0, "description", text);
            }

            _definitions.Add(name, known);
        }

        return known.Type == type
            ? new JsonObject { ["$ref"] = definitionsAt + name }
            : throw new NotSupportedException($"{type.FullName} and {known.Type.FullName} would both be defined as '{name}'. Rename one of them.");
    }

    private static JsonTypeInfo TypeInfoOf(Type type) => Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The type's name as lower-case words joined by hyphens, free of anything that only the code knows.</summary>
    private static string NameOf(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name.Split('`')[0]);

    private static string NameInCode(JsonPropertyInfo property) => (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;
}
