using System.Text;

namespace EventFunctions.EndToEnd.Tests.Telemetry;

/// <summary>A span, as far as these tests look at it.</summary>
/// <param name="Source">The name of the source it comes from.</param>
/// <param name="Name">Its own.</param>
/// <param name="TraceId">In lower-case hexadecimal digits.</param>
internal sealed record OtlpSpan(string Source, string Name, string TraceId)
{
    /// <summary>
    /// The spans of an export request; the numbers are those of opentelemetry/proto/trace/v1/trace.proto: 1 resource spans, in them 2
    /// scope spans, in those 1 the scope (1 its name) and 2 the spans (1 the trace's id, 5 the name).
    /// </summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        let source = Encoding.UTF8.GetString(Fields(Fields(scope, 1).Single(), 1).Single())
        from span in Fields(scope, 2)
        select new OtlpSpan(
            source, Encoding.UTF8.GetString(Fields(span, 5).Single()), Convert.ToHexStringLower(Fields(span, 1).Single()));

    /// <summary>The length-delimited fields of a message with a number: https://protobuf.dev/programming-guides/encoding/.</summary>
    private static List<byte[]> Fields(byte[] message, ulong number)
    {
        var found = new List<byte[]>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = checked((int)Varint(message, ref at));
                    if (tag >> 3 == number)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                case 5:
                    at += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at {at} is none of protobuf's.");
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
