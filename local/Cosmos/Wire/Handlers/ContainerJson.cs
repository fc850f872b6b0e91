using System.Buffers;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>A container as it is served.</summary>
internal static class ContainerJson
{
    public static string ETagOf(ContainerStore container) => $"\"{container.Rid.Container:x8}-{container.Timestamp:x}\"";

    public static ReadOnlyMemory<byte> Write(ContainerStore container)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, SystemProperties.WriterOptions))
        {
            Write(writer, container);
        }

        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, ContainerStore container)
    {
        var definition = container.Definition;
        var rid = ResourceId.OfContainer(container.Rid);
        writer.WriteStartObject();
        writer.WriteString("id", definition.Id);
        writer.WriteStartObject("partitionKey");
        writer.WriteStartArray("paths");
        writer.WriteStringValue(definition.PartitionKey.Text);
        writer.WriteEndArray();
        writer.WriteString("kind", "Hash");
        writer.WriteNumber("version", 2);
        writer.WriteEndObject();
        if (definition.DefaultTimeToLive is { } seconds)
        {
            writer.WriteNumber("defaultTtl", seconds);
        }

        foreach (var (name, value) in definition.Kept)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteString("_rid", rid);
        writer.WriteString("_self", $"dbs/{ResourceId.OfDatabase(container.Rid.Database)}/colls/{rid}/");
        writer.WriteString("_etag", ETagOf(container));
        writer.WriteString("_docs", "docs/");
        writer.WriteString("_sprocs", "sprocs/");
        writer.WriteString("_triggers", "triggers/");
        writer.WriteString("_udfs", "udfs/");
        writer.WriteString("_conflicts", "conflicts/");
        writer.WriteNumber("_ts", container.Timestamp);
        writer.WriteEndObject();
    }
}
