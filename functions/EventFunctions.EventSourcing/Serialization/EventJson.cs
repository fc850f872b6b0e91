using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EventFunctions.EventSourcing;

/// <summary>How events, snapshots and views are written as JSON.</summary>
public static class EventJson
{
    /// <summary>
    /// camelCase names, enumerations by name, <see langword="null"/> left out. Reading is strict where the types are: a
    /// constructor parameter that can be neither <see langword="null"/> nor defaulted must be there.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // What is written goes into stores, messages and JSON responses, never into HTML: text stays as it is and small.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatIsAlwaysWritten } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Without this a missing number reads as 0: an event that lost a field would pass for another event.</summary>
    private static void RequireWhatIsAlwaysWritten(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false })
            {
                property.IsRequired = true;
            }
        }
    }
}
