using System.Buffers;
using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Writes computed values as JSON; what is undefined is left out.</summary>
internal static class SqlValueWriter
{
    public static ReadOnlyMemory<byte> ToJson(SqlValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, SystemProperties.WriterOptions))
        {
            value.WriteTo(writer);
        }

        return output.WrittenMemory;
    }

    public static string ToText(SqlValue value) => Encoding.UTF8.GetString(ToJson(value).Span);

    public static void WriteComposite(Utf8JsonWriter writer, SqlValue value)
    {
        if (value.Type == SqlType.Array)
        {
            writer.WriteStartArray();
            foreach (var element in value.Elements().Where(e => e.IsDefined))
            {
                element.WriteTo(writer);
            }

            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, member) in value.Members().Where(m => m.Value.IsDefined))
        {
            writer.WritePropertyName(name);
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
