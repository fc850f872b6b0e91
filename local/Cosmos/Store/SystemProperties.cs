using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The properties the service adds to an item, and takes off again when a client sends them back.</summary>
internal static class SystemProperties
{
    /// <summary>Text is written as it was sent, not escaped for HTML.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // An item may be a part of what is written, and a query puts it into more levels of its own.
        MaxDepth = 8 * ItemDocument.MaxDepth,
        SkipValidation = true,
    };

    /// <summary>Whether the property is one of them. Most names can't be, by their first byte; one may be written as an escape.</summary>
    public static bool Contains(JsonProperty property) =>
        JsonMarshal.GetRawUtf8PropertyName(property) is [(byte)'_' or (byte)'\\', ..] && IsNamedLikeOne(property);

    private static bool IsNamedLikeOne(JsonProperty property) =>
        property.NameEquals("_rid"u8) || property.NameEquals("_self"u8) || property.NameEquals("_etag"u8)
        || property.NameEquals("_attachments"u8) || property.NameEquals("_ts"u8) || property.NameEquals("_lsn"u8);

    /// <summary>The item as it is served: the client's properties first, as they came, then the system's.</summary>
    public static ReadOnlyMemory<byte> Append(ReadOnlyMemory<byte> json, ContainerRid container, long number, string etag, long timestamp)
    {
        var end = json.Span.LastIndexOf((byte)'}');
        var rid = ResourceId.OfItem(container, number);
        var self = $"dbs/{ResourceId.OfDatabase(container.Database)}/colls/{ResourceId.OfContainer(container)}/docs/{rid}/";
        var suffix = $",\"_rid\":\"{rid}\",\"_self\":\"{self}\",\"_etag\":\"\\\"{etag.Trim('"')}\\\"\",\"_attachments\":\"attachments/\",\"_ts\":{timestamp}}}";
        var whole = new byte[end + suffix.Length];
        json.Span[..end].CopyTo(whole);
        Encoding.ASCII.GetBytes(suffix, whole.AsSpan(end));
        return whole;
    }

    /// <summary>Writes the item with its <c>_lsn</c>, as the change feed serves it.</summary>
    public static void WriteWithLsn(IBufferWriter<byte> output, StoredItem item)
    {
        output.Write(item.Json.Span[..^1]);
        output.Write(",\"_lsn\":"u8);
        var digits = output.GetSpan(24);
        Utf8Formatter.TryFormat(item.Lsn, digits, out var written);
        output.Advance(written);
        output.Write("}"u8);
    }
}
